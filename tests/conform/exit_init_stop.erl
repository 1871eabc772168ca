%% init:stop/1 ends the program with that status.
%% conform: separate
-module(exit_init_stop).
-export([main/0]).

main() ->
    io:format("stopping~n"),
    init:stop(4),
    receive after infinity -> ok end.
