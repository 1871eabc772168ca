%% Funs: made with free variables, called, external, with too many arguments for registers.
-module(funs).
-export([make/2, call/2, ext/0, many/1]).

make(A, B) -> fun(X) -> {A, B, X} end.

call(F, X) -> [F(X)].

ext() -> fun lists:map/2.

many(Z) -> fun(A, B, C, D, E, F) -> [A, B, C, D, E, F | Z] end.
