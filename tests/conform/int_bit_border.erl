%% band bor bxor bnot on positive and negative integers of mixed lengths.
-module(int_bit_border).
-export([main/0, id/1]).

main() ->
    Ps = [0, 1, 2, 255, 16#5555555555555555, 1 bsl 31, (1 bsl 59) - 1, 1 bsl 59, (1 bsl 60), (1 bsl 61) - 1, 1 bsl 61, (1 bsl 63) - 1, 1 bsl 63, (1 bsl 64) - 1, 1 bsl 64, (1 bsl 64) + 1, (1 bsl 127), (1 bsl 128) - 1, 1 bsl 200],
    Xs = Ps ++ [-P || P <- Ps, P > 0],
    [erlang:display({X, bnot X, X band 16#FF, X bor 16#FF, X bxor 16#FF, X band -256, X bor -256, X bxor -1}) || X <- Xs],
    erlang:display([bad || X <- Xs, Y <- Xs, (X band Y) + (X bor Y) =/= X + Y]),
    erlang:display([bad || X <- Xs, Y <- Xs, (X bxor Y) =/= (X bor Y) - (X band Y)]),
    erlang:display([bad || X <- Xs, bnot (bnot X) =/= X]),
    erlang:display([bad || X <- Xs, Y <- Xs, bnot (X band Y) =/= (bnot X) bor (bnot Y)]),
    erlang:display(fold([X band Y || X <- Xs, Y <- Xs])),
    erlang:display(fold([X bor Y || X <- Xs, Y <- Xs])),
    erlang:display(fold([X bxor Y || X <- Xs, Y <- Xs])),
    erlang:display([X band Y || X <- [-(1 bsl 64), -(1 bsl 61), (1 bsl 128) - 1], Y <- Xs]),
    erlang:display([X bxor Y || X <- [-(1 bsl 64), -(1 bsl 61), (1 bsl 128) - 1], Y <- Xs]),
    ok.

id(X) -> X.
fold(L) -> fold(L, 0).
fold([], S) -> S;
fold([H | T], S) -> fold(T, (S * 31 + H) rem 1000000007).
