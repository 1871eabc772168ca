%% exit/2: normal, kill, other reasons, to trapping and non-trapping processes, to oneself.
-module(proc_exit_signals).
-export([main/0, id/1]).

main() ->
    [io:format("~p~n", [{Trap, Reason, send(Trap, Reason)}]) || Trap <- [false, true], Reason <- [normal, shutdown, kill, killed, {a, 1}]],
    io:format("~p~n", [exit(spawn(fun() -> ok end), whatever)]),
    io:format("~p~n", [catch exit(id(not_pid), x)]),
    io:format("~p~n", [self_exit(normal)]),
    io:format("~p~n", [self_exit(oops)]),
    io:format("~p~n", [self_exit(kill)]),
    ok.

id(X) -> X.
send(Trap, Reason) ->
    Me = self(),
    {P, R} = spawn_monitor(fun() ->
                                   process_flag(trap_exit, Trap),
                                   Me ! ready,
                                   receive {'EXIT', Me, W} -> exit({trapped, W}); stop -> exit(stopped) end
                           end),
    receive ready -> ok end,
    exit(P, Reason),
    P ! stop,
    receive {'DOWN', R, process, P, W} -> W end.
self_exit(Reason) ->
    {P, R} = spawn_monitor(fun() -> exit(self(), Reason), receive after 50 -> exit(survived) end end),
    receive {'DOWN', R, process, P, W} -> W end.
