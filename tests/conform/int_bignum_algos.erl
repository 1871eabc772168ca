%% Bignum algorithms: factorial, Fibonacci, powers modulo, gcd, square root, digits of pi and e.
-module(int_bignum_algos).
-export([main/0, id/1]).

main() ->
    erlang:display(fact(100)),
    erlang:display(fib(1000)),
    erlang:display(powmod(3, pow(10, 30), pow(10, 40) + 7)),
    erlang:display(gcd(fact(50), pow(6, 80))),
    erlang:display(isqrt(2 * pow(10, 200))),
    erlang:display(pi(60)),
    erlang:display(sumdigits(pow(2, 1000), 0)),
    erlang:display(erlang:phash2(fact(1000))),
    erlang:display(fact(400) div fact(398)),
    erlang:display(fact(200) rem (pow(2, 89) - 1)),
    erlang:display(mersenne(127)),
    erlang:display(mersenne(61)),
    ok.

id(X) -> X.
fact(0) -> 1;
fact(N) -> N * fact(N - 1).
fib(N) -> fib(N, 0, 1).
fib(0, A, _) -> A;
fib(N, A, B) -> fib(N - 1, B, A + B).
pow(_, 0) -> 1;
pow(X, N) when N rem 2 =:= 0 -> pow(X * X, N div 2);
pow(X, N) -> X * pow(X, N - 1).
powmod(_, 0, _) -> 1;
powmod(B, E, M) when E band 1 =:= 0 -> powmod(B * B rem M, E bsr 1, M);
powmod(B, E, M) -> B * powmod(B, E - 1, M) rem M.
gcd(A, 0) -> A;
gcd(A, B) -> gcd(B, A rem B).
isqrt(N) -> isqrt(N, N).
isqrt(N, X) ->
    Y = (X + N div X) div 2,
    if Y >= X -> X; true -> isqrt(N, Y) end.
pi(N) -> U = pow(10, N + 10), (4 * (4 * atan(5, U) - atan(239, U))) div pow(10, 10).
atan(X, U) -> T = U div X, atan(X * X, T, 3, T, -1).
atan(X2, T, N, S, Sign) ->
    T2 = T div X2,
    if T2 =:= 0 -> S; true -> atan(X2, T2, N + 2, S + Sign * (T2 div N), -Sign) end.
sumdigits(0, S) -> S;
sumdigits(N, S) -> sumdigits(N div 10, S + N rem 10).
mersenne(P) -> M = pow(2, P) - 1, {P, ll(4, P - 2, M) =:= 0}.
ll(S, 0, _) -> S;
ll(S, N, M) -> ll((S * S - 2) rem M, N - 1, M).
