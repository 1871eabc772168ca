%% A started program has a session of its own, and no descriptors but those that are meant for it.
-module(port_child_apart).
-export([main/0]).

main() ->
    _ = file:open("/dev/null", [read, raw]),
    io:format("~s", [os:cmd("test $(ps -o sid= -p $$) = $$ && echo its own")]),
    io:format("~s", [os:cmd("ls /proc/self/fd")]),
    Port = open_port({spawn_executable, "/bin/ls"}, [{args, ["/proc/self/fd"]}, nouse_stdio, eof, exit_status]),
    receive {Port, {exit_status, Status}} -> io:format("~p~n", [Status]) end.
