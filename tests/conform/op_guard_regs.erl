%% Variables that stay alive over failing guards, in many clauses tried one after another.
-module(op_guard_regs).
-export([main/0, id/1]).

main() ->
    [erlang:display(f(A, B, {C})) || A <- [1, a, [x], {1, 2}], B <- [2, 1.5, <<"b">>], C <- [3, #{k => v}]],
    erlang:display([g(X, X + 1, [X]) || X <- [1, 5, 10, 50, 100]]),
    erlang:display([h(X) || X <- [0, 1, -1, 1.0, a, "ab", {a}, <<1, 2>>]]),
    ok.

id(X) -> X.

f(A, B, {C} = T) when A + B > 3, C > 3 -> {sum, A, B, C, T};
f(A, B, T) when hd(A) =:= x, B / 2 < 1 -> {list, A, B, T};
f(A, B, {C}) when element(2, A) + B =:= 4 orelse map_size(C) =:= 5 -> {tuple, A, B, C};
f(A, B, {C} = T) when byte_size(B) =:= 1, is_atom(A); map_get(k, C) =:= v, A =:= 1 -> {mixed, T, B, A};
f(A, B, T) -> {none, T, A, B}.

g(A, B, C) when A * B * length(C) > 5000 -> {huge, C};
g(A, B, C) when (A + B) rem 7 =:= 0, hd(C) =:= A -> {seven, A, B};
g(A, B, [C]) when A bsl 2 > B, C band 1 =:= 1 -> {odd, C};
g(A, B, C) when not (A < B) -> {never, C};
g(A, B, C) -> {[A, B | C]}.

h(X) when X =:= 0 -> zero;
h(X) when X > 0, is_integer(X) -> Y = id(X), {pos, Y, X};
h(X) when abs(X) =:= 1 -> {one, id(X), X};
h(X) when X == 1 -> never;
h(X) ->
    A = id({X}), B = try length(X) of N when N > 1 -> {long, N} catch error:badarg -> {nolist, A} end,
    case {A, B} of
        {{X}, {long, L}} when L + tuple_size(A) =:= 3 -> {three, L};
        {{_}, {nolist, A}} when is_binary(X), binary_part(X, 0, 1) =:= <<1>> -> bin;
        _ -> {rest, X, B}
    end.
