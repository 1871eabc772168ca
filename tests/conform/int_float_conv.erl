%% Integers to floats and back: rounding, huge values, halves, limits.
-module(int_float_conv).
-export([main/0, id/1]).

main() ->
    Fs = [0.0, -0.0, 0.5, -0.5, 1.5, 2.5, -1.5, -2.5, 0.49999999999999994, 4503599627370495.5, 4503599627370496.5, 9007199254740993.0, 1.0e18, -1.0e18, 2305843009213693952.0, -2305843009213693952.0,
          9223372036854775808.0, 1.8446744073709552e19, 1.0e22, 1.0e23, 1.0e100, 1.7976931348623157e308, -1.7976931348623157e308, 5.0e-324],
    [erlang:display({F, trunc(F), round(F), ceil(F), floor(F)}) || F <- Fs],
    Is = [0, 1, -1, (1 bsl 53) - 1, (1 bsl 53) + 1, (1 bsl 54) + 1, (1 bsl 54) + 3, (1 bsl 59) - 1, (1 bsl 61) - 1, 1 bsl 61, -(1 bsl 61), (1 bsl 63) - 1, (1 bsl 63) - 512, (1 bsl 63) - 513, (1 bsl 64) - 1, (1 bsl 64) - 1024, (1 bsl 100) + 1, (1 bsl 100) - 1, 1 bsl 1023, (1 bsl 1024) - (1 bsl 971)],
    [erlang:display({I, float(I), I * 1.0, I / 1, float(-I)}) || I <- Is],
    erlang:display([try float(I) catch error:R -> R end || I <- id([1 bsl 1024, -(1 bsl 1024), 1 bsl 5000])]),
    erlang:display([try I * 1.0 catch error:R -> R end || I <- id([1 bsl 1024, 1 bsl 5000])]),
    erlang:display([try I / 1 catch error:R -> R end || I <- id([1 bsl 1024, 1 bsl 5000])]),
    erlang:display([try id(1 bsl 2000) / id(1 bsl 1990) catch error:R -> R end, try id(1) / (1 bsl 1100) catch error:R2 -> R2 end]),
    erlang:display([trunc(float(I)) =:= I || I <- Is]),
    ok.

id(X) -> X.
