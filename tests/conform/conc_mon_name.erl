%% a monitor by name stays with the process, whoever has the name later
-module(conc_mon_name).
-export([main/0]).

main() ->
    A = spawn(fun stopper/0), B = spawn(fun stopper/0),
    register(conc_n, A),
    R = monitor(process, conc_n),
    unregister(conc_n), register(conc_n, B),
    R2 = monitor(process, conc_n),
    io:format("~p~n", [[X || {process, X} <- element(2, process_info(self(), monitors))] =:= [{conc_n, node()}, {conc_n, node()}]]),
    A ! {stop, a},
    io:format("~p~n", [receive {'DOWN', R, process, {conc_n, N}, W} -> {N =:= node(), W} end]),
    B ! {stop, b},
    io:format("~p~n", [receive {'DOWN', R2, process, {conc_n, N2}, W2} -> {N2 =:= node(), W2} end]),
    R3 = monitor(process, conc_n),
    io:format("~p~n", [receive {'DOWN', R3, process, W3, W4} -> {element(1, W3), W4} end]),
    R5 = monitor(process, {conc_n, node()}),
    io:format("~p~n", [receive {'DOWN', R5, process, W5, W6} -> {element(1, W5), W6} end]),
    io:format("~p~n", [whereis(conc_n)]).

stopper() -> receive {stop, W} -> exit(W) end.
