%% Process aliases: alias/0, alias/1, unalias, monitor with alias, reply once.
-module(proc_alias).
-export([main/0, id/1]).

main() ->
    A = alias(),
    A ! hello,
    io:format("~p~n", [recv()]),
    io:format("~p~n", [unalias(A)]),
    A ! lost,
    io:format("~p~n", [recv()]),
    io:format("~p~n", [unalias(A)]),
    B = alias([reply]),
    B ! first, B ! second,
    io:format("~p~n", [{recv(), recv()}]),
    Server = spawn(fun() -> server() end),
    M = monitor(process, Server, [{alias, reply_demonitor}]),
    Server ! {M, req1},
    io:format("~p~n", [receive {M, X} -> X after 1000 -> none end]),
    Server ! {M, req2},
    io:format("~p~n", [recv()]),
    M2 = monitor(process, Server, [{alias, demonitor}]),
    Server ! {M2, one}, Server ! {M2, two},
    io:format("~p~n", [[receive {M2, Y} -> Y after 1000 -> none end || _ <- [1, 2]]]),
    demonitor(M2),
    Server ! {M2, three},
    io:format("~p~n", [recv()]),
    M3 = monitor(process, Server, [{alias, explicit_unalias}]),
    Server ! {M3, four},
    io:format("~p~n", [receive {M3, Z} -> Z after 1000 -> none end]),
    io:format("~p~n", [unalias(M3)]),
    Server ! stop,
    io:format("~p~n", [receive {'DOWN', M3, _, _, W} -> W end]),
    ok.

id(X) -> X.
recv() -> receive X -> X after 50 -> none end.
server() -> receive {To, R} -> To ! {To, {reply, R}}, server(); stop -> ok end.
