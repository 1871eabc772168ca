-module(guard_failure).
-export([main/0]).

%% A guard that fails is false, not an error; `;` and `,` against orelse and andalso.
main() ->
    Terms = [0, 1, -1, a, true, false, [], [a], {}, {a}, {a, b}, <<>>, <<1>>, #{}, #{a => 1}, 1.0,
             1 bsl 70, fun main/0, self()],
    [io:format("~w ~w ~w ~w ~w ~w ~w~n", [kind(T), g1(T), g2(T), g3(T), g4(T), g5(T), g6(T)]) || T <- Terms].

kind(T) when is_function(T, 0) -> fun0;
kind(T) when is_pid(T) -> pid;
kind(T) -> T.

g1(X) when hd(X) =:= a; X =:= 0 -> yes;
g1(_) -> no.
g2(X) when hd(X) =:= a orelse X =:= 0 -> yes;
g2(_) -> no.
g3(X) when element(2, X) =:= b; map_get(a, X) =:= 1; byte_size(X) > 0 -> yes;
g3(_) -> no.
g4(X) when not (X + 1 > 1) -> small;
g4(X) when X + 1 > 1 -> big;
g4(_) -> none.
g5(X) when X; is_map_key(a, X) -> yes;
g5(X) when not X -> negated;
g5(_) -> no.
g6(X) when 10 div X > 0, X band 1 =:= 1 -> odd;
g6(X) when length(X) > 0 -> list;
g6(X) when tuple_size(X) > 1 orelse map_size(X) >= 0 -> two;
g6(X) when is_function(X, 0) or is_pid(X) -> other;
g6(_) -> no.
