%% Shifts by small, large, negative and absurd amounts; results of every length.
-module(int_shift_border).
-export([main/0, id/1]).

main() ->
    Xs = [0, 1, -1, 3, -3, 16#FF, -16#100, (1 bsl 59) - 1, -(1 bsl 59), (1 bsl 61) - 1, 1 bsl 61, -(1 bsl 61), 1 bsl 63, -(1 bsl 63), (1 bsl 64) - 1, -(1 bsl 64), (1 bsl 130) + 1, -(1 bsl 130) - 1],
    Ss = [0, 1, 2, 7, 8, 31, 32, 57, 58, 59, 60, 61, 62, 63, 64, 65, 127, 128, 129, 130, 131],
    [erlang:display({X, [X bsl S || S <- Ss]}) || X <- Xs],
    [erlang:display({X, [X bsr S || S <- Ss]}) || X <- Xs],
    erlang:display([bad || X <- Xs, S <- Ss, (X bsl S) =/= (X bsr -S)]),
    erlang:display([bad || X <- Xs, S <- Ss, ((X bsl S) bsr S) =/= X]),
    erlang:display([{X bsr 1000, X bsl -1000, X bsr (1 bsl 62), X bsr (1 bsl 70), X bsl -(1 bsl 70)} || X <- Xs]),
    erlang:display([0 bsl (1 bsl 70), 0 bsl (1 bsl 40)]),
    erlang:display([try id(1) bsl S catch error:R -> R end || S <- id([1 bsl 70, a, 1.0])]),
    erlang:display([try id(X) bsr 1 catch error:R -> R end || X <- id([a, 1.0])]),
    erlang:display([1 bsl 500 =:= pow2(500), (1 bsl 1000) bsr 999]),
    ok.

id(X) -> X.
pow2(0) -> 1;
pow2(N) -> 2 * pow2(N - 1).
