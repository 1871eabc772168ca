%% Floats to text and back: shortest form, scientific, decimals, limits, bad text.
-module(float_text).
-export([main/0, id/1]).

main() ->
    Fs = [0.0, -0.0, 1.0, -1.0, 0.1, 0.2, 0.3, 1.5, 100.0, 1.0e15, 1.0e16, 1.0e21, 1.0e22, 1.0e23, 123456789.125, 1.0e-5, 1.0e-4, 0.001, 5.0e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 3.141592653589793, 2.0e-7, 9007199254740993.0,
          4.35, 0.000123, 1.23456e-10, 4294967296.5, 299792458.0, 6.02214076e23],
    [erlang:display({float_to_list(F), float_to_binary(F), float_to_list(F, [short])}) || F <- Fs],
    [erlang:display([float_to_list(F, [{decimals, D}]) || D <- [0, 1, 2, 3, 10, 20], abs(F) < 1.0e20]) || F <- Fs],
    [erlang:display([float_to_list(F, [{decimals, D}, compact]) || D <- [1, 4, 10], abs(F) < 1.0e20]) || F <- Fs],
    [erlang:display([float_to_list(F, [{scientific, D}]) || D <- [0, 1, 5, 16, 20]]) || F <- Fs],
    erlang:display([F =:= list_to_float(float_to_list(F, [short])) || F <- Fs]),
    erlang:display([F =:= binary_to_float(float_to_binary(F, [{scientific, 20}])) || F <- Fs]),
    erlang:display([try list_to_float(S) catch error:R -> R end || S <- ["1.0", "-1.5e10", "+2.0", "1.0E-5", "1", "1.", ".5", "1e5", "1.0e", "1.0e400", "-1.0e400", "1.0e-400", "", "abc", "1.0 ", " 1.0", "1.0e+3", "00.5"]]),
    erlang:display([try binary_to_float(S) catch error:R -> R end || S <- [<<"1.0">>, <<"1">>, <<"nan">>, <<"inf">>, <<>>, a]]),
    erlang:display([try float_to_list(1.0e300, [{decimals, D}]) catch error:R -> R end || D <- id([0, 254, -1, a])]),
    erlang:display([try float_to_list(F) catch error:R -> R end || F <- id([1, a])]),
    ok.

id(X) -> X.
