%% monitor and demonitor: order, dead processes, names, options, several on one process.
-module(proc_monitors).
-export([main/0, id/1]).

main() ->
    P = spawn(fun() -> receive {stop, R} -> exit(R) end end),
    R1 = monitor(process, P), R2 = monitor(process, P),
    io:format("~p~n", [R1 =/= R2]),
    P ! {stop, bye},
    io:format("~p~n", [[receive {'DOWN', R, process, P, W} -> W end || R <- [R1, R2]]]),
    R3 = monitor(process, P),
    io:format("~p~n", [receive {'DOWN', R3, process, P, W3} -> W3 end]),
    R4 = monitor(process, nobody_registered),
    io:format("~p~n", [receive {'DOWN', R4, process, {N4, Node}, W4} -> {N4, Node =:= node(), W4} end]),
    Q = spawn(fun() -> receive stop -> ok end end),
    register(qqq, Q),
    R5 = monitor(process, qqq),
    Q ! stop,
    io:format("~p~n", [receive {'DOWN', R5, process, {qqq, _}, W5} -> W5 end]),
    S = spawn(fun() -> receive stop -> ok end end),
    R6 = monitor(process, S),
    io:format("~p~n", [demonitor(R6)]),
    io:format("~p~n", [demonitor(R6, [info])]),
    R7 = monitor(process, S),
    io:format("~p~n", [demonitor(R7, [info, flush])]),
    S ! stop,
    io:format("~p~n", [receive X -> X after 50 -> nothing end]),
    T = spawn(fun() -> ok end),
    timer:sleep(20),
    R8 = monitor(process, T),
    timer:sleep(20),
    io:format("~p~n", [demonitor(R8, [flush, info])]),
    io:format("~p~n", [receive Y -> Y after 20 -> nothing end]),
    io:format("~p~n", [demonitor(make_ref())]),
    R9 = monitor(process, self()),
    io:format("~p~n", [receive {'DOWN', R9, _, _, _} -> self_down after 20 -> no_self_monitor end]),
    U = spawn(fun() -> receive stop -> ok end end),
    R10 = monitor(process, U, [{tag, mytag}]),
    U ! stop,
    io:format("~p~n", [receive {mytag, R10, process, U, W10} -> W10 end]),
    io:format("~p~n", [try demonitor(id(x)) catch error:E -> E end]),
    ok.

id(X) -> X.
