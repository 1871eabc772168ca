%% Products that just fit or just do not fit a word or two, signs, zero, squares.
-module(int_mul_border).
-export([main/0, id/1]).

main() ->
    Xs = [0, 1, -1, 2, -2, 3, 10, 16#7FFFFFFF, 16#80000000, 16#FFFFFFFF, 1 bsl 30, 1 bsl 31, 1 bsl 32, 3037000499, 3037000500, (1 bsl 59) - 1, 1 bsl 59, (1 bsl 61) - 1, 1 bsl 61, -(1 bsl 61),
          (1 bsl 63) - 1, 1 bsl 63, -(1 bsl 63), (1 bsl 64) - 1, 1 bsl 64, 1 bsl 100, -(1 bsl 130) + 1],
    [erlang:display({X, [X * Y || Y <- Xs]}) || X <- Xs],
    erlang:display([ok || X <- Xs, Y <- Xs, Y =/= 0, (X * Y) div Y =/= X]),
    erlang:display([ok || X <- Xs, Y <- Xs, X * Y =/= Y * X]),
    erlang:display(pow(id(3), 200)),
    erlang:display(pow(id(-7), 101)),
    erlang:display(pow(id(10), 60)),
    erlang:display(fact(60)),
    ok.

id(X) -> X.
pow(_, 0) -> 1;
pow(X, N) when N rem 2 =:= 0 -> pow(X * X, N div 2);
pow(X, N) -> X * pow(X, N - 1).
fact(0) -> 1;
fact(N) -> N * fact(N - 1).
