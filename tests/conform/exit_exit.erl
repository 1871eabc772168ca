%% An uncaught exit with another reason than normal: status 1.
%% conform: separate
-module(exit_exit).
-export([main/0, id/1]).

main() ->
    io:format("so far~n"),
    exit(id({some, reason})).
id(X) -> X.
