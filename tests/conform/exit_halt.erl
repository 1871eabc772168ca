%% halt/1 with a status; output before it is there, nothing after it runs.
%% conform: separate
-module(exit_halt).
-export([main/0]).

main() ->
    io:format("before~n"),
    halt(7),
    io:format("after~n").
