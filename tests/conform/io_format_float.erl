%% Floats through ~w ~p ~f ~e ~g with many precisions and sizes.
-module(io_format_float).
-export([main/0, id/1]).

main() ->
    Fs = [0.0, -0.0, 1.0, -1.5, 0.1, 123.456, 1.0e10, 1.0e15, 1.0e16, 1.0e22, 1.0e-5, 1.0e-10, 1.0e100, 9.99999999, 0.5, 99999.5, 1.7976931348623157e308, 5.0e-324, 3.0e-310],
    [io:format("~w ~p ~e ~g~n", [F, F, F, F]) || F <- Fs],
    [io:format("~f ~.1f ~.10f ~15.4f|~n", [F, F, F, F]) || F <- Fs, abs(F) < 1.0e20],
    [io:format("~.2e ~.10e ~15.4e|~-15.4e|~n", [F, F, F, F]) || F <- Fs],
    [io:format("~.2g ~.10g ~15.4g|~n", [F, F, F]) || F <- Fs, F =/= 5.0e-324],
    [io:format("~s~n", [io_lib:format("~w", [F])]) || F <- [1.0e5, 123456.0, 1234567.0, 12345678.9, 1.0e6, 1.0e21]],
    [io:format("~w~n", [try io_lib:format(S, [X]) catch C:R -> {C, R} end]) || {S, X} <- [{"~f", 1}, {"~e", a}, {"~.0e", 1.0}, {"~.2f", "x"}, {"~3.2f", 1234.5}, {"~2f", 1.0}]],
    ok.

id(X) -> X.
