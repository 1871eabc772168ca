-module(float_rounding).
-export([main/0]).

%% round, trunc, ceil, floor and text at ties, borders and beyond 64 bits.
main() ->
    Fs = [0.0, 0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 0.49999999999999994, 4503599627370495.5, 4503599627370497.0,
          9007199254740991.0, 9007199254740993.0, 9.2233720368547758e18, -9.2233720368547758e18, 1.0e19,
          1.0e22, 1.7976931348623157e308, 5.0e-324, 0.1, 0.3, 123456789.125],
    [io:format("~w ~w ~w ~w ~w~n", [F, round(F), trunc(F), ceil(F), floor(F)]) || F <- Fs, abs(F) < 1.0e30],
    [io:format("~s ~s ~s~n", [io_lib:format("~.2f", [F]), io_lib:format("~.3e", [F]), float_to_list(F, [{decimals, 1}])])
     || F <- Fs, abs(F) < 1.0e15],
    [io:format("~s~n", [float_to_list(F, [short])]) || F <- Fs],
    [io:format("~s ~s~n", [float_to_list(F), float_to_binary(F, [{decimals, 4}, compact])]) || F <- Fs, abs(F) < 1.0e15],
    io:format("~w~n", [erlang:phash2(round(1.7976931348623157e308))]),
    io:format("~w~n", [[float(I) || I <- [1 bsl 53, (1 bsl 53) + 1, (1 bsl 64) - 1, 1 bsl 100]]]),
    io:format("~w~n", [[t(fun() -> float(X) end) || X <- [1 bsl 1023, 1 bsl 1024, a]]]),
    io:format("~w~n", [[1.0 * X == X || X <- [1 bsl 53, (1 bsl 53) + 1]]]).

t(F) -> try F() catch error:R -> R end.
