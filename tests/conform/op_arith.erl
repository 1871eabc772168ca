%% Arithmetic on small integers, floats and mixtures, with every failure.
-module(op_arith).
-export([main/0, id/1]).

main() ->
    Xs = [0, 1, -1, 7, -7, 2.5, -2.5],
    [erlang:display({X, Y, X + Y, X - Y, X * Y, d(X, Y)}) || X <- Xs, Y <- Xs],
    Is = [0, 1, -1, 7, -7, 100, -100, 13],
    [erlang:display({X, Y, idiv(X, Y), irem(X, Y)}) || X <- Is, Y <- Is],
    erlang:display([{-X, +X, abs(X)} || X <- Xs]),
    erlang:display([t(fun() -> id(a) + 1 end), t(fun() -> 1 - id([]) end), t(fun() -> id({}) * 2 end), t(fun() -> 1 / id(0) end), t(fun() -> 1.0 / id(0.0) end),
                    t(fun() -> 1 div id(0) end), t(fun() -> 1 rem id(0) end), t(fun() -> id(1.0) div 1 end), t(fun() -> 5 rem id(2.0) end), t(fun() -> -id(x) end),
                    t(fun() -> +id(x) end), t(fun() -> abs(id(x)) end), t(fun() -> id(1) band 1.0 end), t(fun() -> bnot id(1.5) end)]),
    erlang:display(((id(1) + 2) * 3 - 4) div 2 rem 5),
    erlang:display(id(10) - id(4) - id(3)),
    erlang:display({id(7) div 2 * 2, id(2) + id(3) * id(4) - id(5), -id(3) * -id(3)}),
    erlang:display([{N, gcd(N, 36)} || N <- [12, 18, 35, 0, 36]]),
    erlang:display(collatz(27, 0)),
    erlang:display([isprime(N) || N <- [2, 3, 4, 9973, 9975]]),
    erlang:display({id(3) + 1.5, 1.5 + id(3), id(3) / 2, 2 / id(4), id(1.0e10) * 1000}),
    ok.

id(X) -> X.
t(F) -> try F() catch C:R -> {C, R} end.
d(_, Y) when Y == 0 -> zero;
d(X, Y) -> X / Y.
idiv(_, 0) -> zero;
idiv(X, Y) -> X div Y.
irem(_, 0) -> zero;
irem(X, Y) -> X rem Y.
gcd(A, 0) -> A;
gcd(A, B) -> gcd(B, A rem B).
collatz(1, N) -> N;
collatz(X, N) when X band 1 =:= 0 -> collatz(X bsr 1, N + 1);
collatz(X, N) -> collatz(3 * X + 1, N + 1).
isprime(N) -> isprime(N, 2).
isprime(N, D) when D * D > N -> true;
isprime(N, D) when N rem D =:= 0 -> false;
isprime(N, D) -> isprime(N, D + 1).
