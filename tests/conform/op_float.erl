%% Float arithmetic in long sequences (unboxed runs), conversions and comparisons.
-module(op_float).
-export([main/0, id/1]).

main() ->
    erlang:display(poly(id(1.5))),
    erlang:display(poly(id(2))),
    erlang:display(dist(id({1.0, 2.0, 3.0}), id({4, 5.5, 6}))),
    erlang:display(newton(id(2.0), 1.0, 20)),
    erlang:display(sum([1.5, 2, 3.25, -4])),
    erlang:display([{float(X), trunc(X + 0.5), round(X + 0.5), X * 1.0} || X <- [0, 1, -1, 1 bsl 52, -(1 bsl 60), 1 bsl 62]]),
    erlang:display([{X < Y, X == Y, X =:= Y, X > Y} || X <- [1.0, -0.0, 1.0e300], Y <- [1, 0, 0.0, 1.0, -1.0e300]]),
    erlang:display([t(fun() -> id(1.0e308) * 10.0 end), t(fun() -> id(1.0e308) + 1.0e308 end), t(fun() -> id(-1.0e308) - 1.0e308 end), t(fun() -> id(1.0) / 0.0 end),
                    t(fun() -> id(1.0e-320) * 1.0e-10 end), t(fun() -> id(a) * 1.0 end), t(fun() -> (id(1.0) + 2.0) * id(b) end), t(fun() -> id(1 bsl 2000) * 1.0 end)]),
    erlang:display(math_free(100, id(0.5))),
    erlang:display([-X || X <- [1.5, -2.5, 0.0]]),
    erlang:display({id(0.1) + id(0.2), id(1.0) / id(3.0), id(1.0e16) + 1.0, id(2.0) * 1.0e-308 * 1.0e-10}),
    erlang:display(mix(id(3), id(2.5), id(7))),
    erlang:display(acc(10, 0.0, 1.0, [])),
    ok.

id(X) -> X.
t(F) -> try F() catch C:R -> {C, R} end.

poly(X) when is_number(X) -> ((3.0 * X + 2.0) * X - 1.0) * X + 0.5 / X - X * X * X / 4.0.

dist({A, B, C}, {D, E, F}) ->
    DX = A - D, DY = B - E, DZ = C - F,
    DX * DX + DY * DY + DZ * DZ + 0.0.

newton(_, X, 0) -> X;
newton(N, X, I) -> newton(N, (X + N / X) / 2.0, I - 1).

sum([]) -> 0.0;
sum([H | T]) -> H + sum(T).

math_free(0, X) -> X;
math_free(N, X) -> math_free(N - 1, 3.7 * X * (1.0 - X)).

mix(A, B, C) ->
    D = A * 2.0, E = B + C, F = D - E,
    {A, B, C, D, E, F, D / E * F, A + C}.

acc(0, A, B, L) -> {A, B, L};
acc(N, A, B, L) -> acc(N - 1, A + B, B * 0.5, [A | L]).
