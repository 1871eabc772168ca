%% The main process killed by another: status 1.
%% conform: separate
-module(exit_killed).
-export([main/0]).

main() ->
    Me = self(),
    io:format("wait~n"),
    spawn(fun() -> exit(Me, kill) end),
    receive after 5000 -> io:format("not reached~n") end.
