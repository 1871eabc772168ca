%% A receive without clauses sleeps, whatever lies in the message queue; then all is still there.
-module(conc_recv_sleep).
-export([main/0]).

main() ->
    self() ! first,
    io:format("~p~n", [calm(fun() -> timer:sleep(100) end)]),
    io:format("~p~n", [calm(fun() -> receive after 50 -> ok end end)]),
    Main = self(),
    spawn(fun() -> [begin timer:sleep(10), Main ! N end || N <- lists:seq(1, 3)] end),
    io:format("~p~n", [calm(fun() -> timer:sleep(100) end)]),
    io:format("~p~n", [[receive M -> M end || _ <- lists:seq(1, 4)]]),
    {P, R} = spawn_monitor(fun() -> self() ! x, receive after infinity -> ok end end),
    exit(P, stop),
    receive {'DOWN', R, _, _, Why} -> io:format("~p~n", [Why]) end.

calm(Sleep) ->
    {reductions, A} = process_info(self(), reductions),
    Sleep(),
    {reductions, B} = process_info(self(), reductions),
    B - A < 1000.
