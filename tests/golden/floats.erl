%% Float registers: a sequence stays unboxed, also over a branch.
-module(floats).
-export([poly/2, norm/2]).

poly(X, Y) when is_float(X), is_float(Y) -> X * X + 2.5 * Y - X / Y.

norm(X, Y) -> math:sqrt(X * X * 1.0 + Y * Y * 1.0).
