%% The math module: values on exact points, special arguments, failures.
-module(float_math).
-export([main/0, id/1]).

main() ->
    Xs = [0, 0.0, -0.0, 1, -1, 0.5, -0.5, 2, 10, 100, 1.0e-10, 1000.0],
    [erlang:display({F, [try math:F(X) catch error:R -> R end || X <- Xs]}) || F <- [sqrt, floor, ceil]],
    [erlang:display({F, [try p(math:F(X)) catch error:R -> R end || X <- Xs]})
     || F <- [sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh, exp, log, log2, log10, erf, erfc]],
    erlang:display([try math:pow(X, Y) catch error:R -> R end || X <- [2, 0, -1, 0.5, -8.0, 10], Y <- [0, 1, 2, -1, 0.5, 10, 1000]]),
    erlang:display([try math:fmod(X, Y) catch error:R -> R end || X <- [5.5, -5.5, 0.0], Y <- [2.0, -2.0, 0.0, 3]]),
    erlang:display([p(math:atan2(X, Y)) || X <- [0.0, 1, -1], Y <- [1, -1, 0.0]]),
    erlang:display(math:pi()),
    erlang:display([try math:F(a) catch error:R -> R end || F <- [sin, sqrt, exp, floor]]),
    erlang:display([try math:exp(X) catch error:R -> R end || X <- [1000, -1000]]),
    erlang:display([try math:sqrt(X) catch error:R -> R end || X <- [1 bsl 200, 1 bsl 2000, -4]]),
    ok.

id(X) -> X.
p(F) -> round(F * 1.0e9).
