%% arithmetic on floats in guards only, in functions that do none elsewhere
-module(op_float_guards).
-export([main/0]).

main() ->
    io:format("~p~n", [[{A, B, f(A, B), g(A, B), h(A, B)} || A <- [0.5, 1.0, 2.5, 1.0e308, 3], B <- [1.0, 0.25, 1.0e308, 2, x]]]).

f(A, B) when is_float(A), is_float(B), A - B > 0.0 -> more;
f(A, B) when is_float(A), is_float(B), A + B * 2.0 > 3.0 -> much;
f(_, _) -> other.

g(A, B) when is_float(A), A - 1.0 == 0.0 -> {one, B};
g(A, _) when is_float(A), A * A > 1.0e308 -> never;
g(_, B) -> B.

h(A, B) when is_float(A) andalso is_float(B) andalso A * B + 1.0 - A >= 1.0 -> yes;
h(_, _) -> no.
