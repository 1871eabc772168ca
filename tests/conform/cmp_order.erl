%% The total order over all types: every pair of a mixed list, with ==, =:= and <.
-module(cmp_order).
-export([main/0, id/1]).

main() ->
    Ts = [0, 1, 1.0, -1, 1.5, 1 bsl 70, -(1 bsl 70), a, b, aa, '', [], [1], [1.0], [1, 2], [a | b], "abc", {}, {1}, {1.0}, {2}, {1, 2}, {a, b}, <<>>, <<1>>, <<1, 2>>, <<1:3>>, #{}, #{a => 1},
          #{a => 2}, #{b => 1}, #{a => 1, b => 2}, #{1 => a}, #{1.0 => a}, fun erlang:length/1, true, undefined],
    erlang:display([[c(A, B) || B <- Ts] || A <- Ts]),
    Sorted = sort(Ts),
    [erlang:display(X) || X <- Sorted],
    erlang:display([1 < a, a < make_ref(), make_ref() < fun() -> ok end, fun() -> ok end < self(), self() < {}, {} < #{}, #{} < [], [] < [a], [a] < <<>>]),
    ok.

id(X) -> X.
c(A, B) ->
    case {A < B, A > B, A == B, A =:= B} of
        {true, false, false, false} -> $<;
        {false, true, false, false} -> $>;
        {false, false, true, true} -> $#;
        {false, false, true, false} -> $=
    end.
sort([]) -> [];
sort([P | T]) -> sort([X || X <- T, X < P]) ++ [P] ++ sort([X || X <- T, X >= P]).
