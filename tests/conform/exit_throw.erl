%% An uncaught throw is nocatch: status 1.
%% conform: separate
-module(exit_throw).
-export([main/0, id/1]).

main() ->
    io:format("so far~n"),
    throw(id(ball)).
id(X) -> X.
