%% demonitor with every option, before and after the end, twice, of others' references
-module(conc_mon_demonitor).
-export([main/0, id/1]).

main() ->
    P = spawn(fun() -> receive stop -> ok end end),
    [io:format("~p ~p~n", [Os, [demonitor(monitor(process, P), Os), box()]])
     || Os <- [[], [flush], [info], [flush, info], [info, flush], [info, info]]],
    Rs = [monitor(process, P) || _ <- lists:seq(1, 6)],
    P ! stop, down(P),
    [io:format("~p ~p~n", [Os, [demonitor(R, Os), box()]])
     || {R, Os} <- lists:zip(Rs, [[], [flush], [info], [flush, info], [info, flush], [info, info]])],
    io:format("~p~n", [[demonitor(R, [flush, info]) || R <- Rs]]),
    io:format("~p~n", [box()]),
    io:format("~p~n", [[catch_(fun() -> demonitor(id(make_ref()), id(O)) end) || O <- [[x], x, [flush | info], [{flush, true}], 1]]]),
    io:format("~p~n", [[catch_(fun() -> demonitor(id(X)) end) || X <- [x, 1, self(), {}]]]),
    Me = self(), Q = spawn(fun() -> receive stop -> ok end end), R = monitor(process, Q),
    spawn(fun() -> Me ! {other, catch_(fun() -> demonitor(R) end), catch_(fun() -> demonitor(R, [info]) end)} end),
    io:format("~p~n", [receive {other, A, B} -> {A, B} end]),
    Q ! stop,
    io:format("~p~n", [receive {'DOWN', R, _, _, W} -> W end]).

id(X) -> X.
catch_(F) -> try F() catch C:E -> {C, E} end.
down(P) -> R = monitor(process, P), receive {'DOWN', R, _, _, _} -> ok end.
box() -> length(element(2, process_info(self(), messages))).
