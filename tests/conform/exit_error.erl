%% An uncaught error ends with status 1.
%% conform: separate
-module(exit_error).
-export([main/0, id/1]).

main() ->
    io:format("so far~n"),
    f(id(5)).
id(X) -> X.
f(N) when N < 5 -> ok.
