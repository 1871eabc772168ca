%% A linked child takes the main process down: status 1.
%% conform: separate
-module(exit_linked).
-export([main/0]).

main() ->
    io:format("linked~n"),
    spawn_link(fun() -> exit(child_died) end),
    receive after 5000 -> io:format("not reached~n") end.
