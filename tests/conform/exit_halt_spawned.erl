%% halt from another process while main waits.
%% conform: separate
-module(exit_halt_spawned).
-export([main/0]).

main() ->
    spawn(fun() -> io:format("child halts~n"), halt(3) end),
    receive after infinity -> ok end.
