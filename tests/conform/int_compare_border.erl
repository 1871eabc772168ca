%% Comparison of integers with integers and floats around word borders and beyond double precision.
-module(int_compare_border).
-export([main/0, id/1]).

main() ->
    Is = [0, 1, -1, (1 bsl 53) - 1, 1 bsl 53, (1 bsl 53) + 1, (1 bsl 59) - 1, 1 bsl 59, 1 bsl 61, (1 bsl 61) - 1, (1 bsl 63) - 1, 1 bsl 63, (1 bsl 64) - 1, 1 bsl 64, (1 bsl 64) + 1, 1 bsl 1023, 1 bsl 1024, -(1 bsl 61), -(1 bsl 63), -(1 bsl 64), -(1 bsl 1024)],
    Fs = [0.0, -0.0, 1.0, -1.0, 9007199254740992.0, 9007199254740994.0, 576460752303423488.0, 2305843009213693952.0, 9223372036854775808.0, 18446744073709551616.0, -2305843009213693952.0, 1.0e308, -1.0e308, 0.5, 1.0e-320],
    [erlang:display({I, [c(I, F) || F <- Fs]}) || I <- Is],
    [erlang:display({F, [c(F, I) || I <- Is]}) || F <- Fs],
    erlang:display([[c(A, B) || A <- Is] || B <- Is]),
    erlang:display([[c(A, B) || A <- Fs] || B <- Fs]),
    erlang:display([A =:= B || A <- [0.0, 0], B <- [-0.0, 0, 0.0]]),
    erlang:display({max(1, 1.0), max(1.0, 1), min(1, 1.0), min(1.0, 1)}),
    ok.

id(X) -> X.
c(A, B) ->
    [case A < B of true -> $<; false -> $. end, case A == B of true -> $=; false -> $. end, case A =:= B of true -> $#; false -> $. end, case A > B of true -> $>; false -> $. end,
     case A =< B of true -> $l; false -> $. end, case A >= B of true -> $g; false -> $. end, case A /= B of true -> $n; false -> $. end].
