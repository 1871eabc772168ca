%% links, monitors, exits and timers reach a hibernating process
-module(conc_hib_signals).
-export([main/0, wake/1]).

main() ->
    Me = self(),
    P = spawn(fun() -> process_flag(trap_exit, true), erlang:send_after(10, self(), tick), erlang:hibernate(?MODULE, wake, [Me]) end),
    io:format("~p~n", [receive {P, X} -> X end]),
    exit(P, because),
    io:format("~p~n", [receive {P, X2} -> X2 end]),
    exit(P, kill),
    Q = spawn(fun() -> erlang:hibernate(?MODULE, wake, [Me]) end),
    R = monitor(process, Q),
    link(Q), unlink(Q), exit(Q, normal), is_process_alive(Q),
    io:format("~p~n", [process_info(Q, monitored_by) =:= {monitored_by, [Me]}]),
    exit(Q, out),
    io:format("~p~n", [receive {'DOWN', R, _, _, W} -> W end]),
    garbage_collect(self()),
    Z = spawn(fun() -> erlang:hibernate(?MODULE, wake, [Me]) end),
    io:format("~p ~p~n", [garbage_collect(Z), is_process_alive(Z)]),
    Z ! x,
    io:format("~p~n", [receive {Z, X3} -> X3 end]).

wake(Me) ->
    receive {'EXIT', Me, W} -> Me ! {self(), {exit, W}}; M -> Me ! {self(), M} end,
    erlang:hibernate(?MODULE, wake, [Me]).
