%% A call of a missing function, uncaught: status 1, output before it kept.
%% conform: separate
-module(exit_undef).
-export([main/0, id/1]).

main() ->
    io:format("so far~n"),
    (id(no_such_module)):run().
id(X) -> X.
