%% div and rem: signs, bignums of several lengths, borders, the one overflow.
-module(int_div_border).
-export([main/0, id/1]).

main() ->
    Ps = [1, 2, 3, 7, 10, 255, 1 bsl 31, 1 bsl 32, (1 bsl 32) + 1, (1 bsl 59) - 1, 1 bsl 59, 1 bsl 61, (1 bsl 61) - 1, (1 bsl 63) - 1, 1 bsl 63, (1 bsl 64) - 1, 1 bsl 64, (1 bsl 64) + 1, (1 bsl 127) - 1,
          1 bsl 128, (1 bsl 192) - 1, 12345678901234567890123456789012345678901234567890],
    Xs = [0 | Ps] ++ [-P || P <- Ps],
    Ys = Ps ++ [-P || P <- Ps],
    erlang:display([bad || X <- Xs, Y <- Ys, (X div Y) * Y + X rem Y =/= X]),
    erlang:display([bad || X <- Xs, Y <- Ys, abs(X rem Y) >= abs(Y)]),
    erlang:display([bad || X <- Xs, Y <- Ys, X rem Y =/= 0, (X rem Y > 0) =/= (X > 0)]),
    [erlang:display({X, [X div Y || Y <- [1, -1, 2, -2, 7, 10, 1 bsl 32, 1 bsl 61, -(1 bsl 61), 1 bsl 64]], [X rem Y || Y <- [1, -1, 2, -2, 7, 10, 1 bsl 32, 1 bsl 61, -(1 bsl 61), 1 bsl 64]]}) || X <- Xs],
    erlang:display({id(-(1 bsl 61)) div id(-1), id(-(1 bsl 59)) div id(-1), id(-(1 bsl 63)) div id(-1), id(-(1 bsl 61)) rem id(-1)}),
    erlang:display([try X div Y catch error:R -> R end || X <- [1, 1 bsl 70], Y <- id([0, a, 1.0])]),
    erlang:display([try X rem Y catch error:R -> R end || X <- [1, 1 bsl 70], Y <- id([0, a, 1.0])]),
    erlang:display([X div 10 || X <- Xs]),
    erlang:display([X rem 16 || X <- Xs]),
    erlang:display([X div 8 || X <- Xs]),
    ok.

id(X) -> X.
