%% monitors of the same dead processes again and again
-module(conc_mon_dead_many).
-export([main/0]).

main() ->
    Dead = [begin {P, R} = spawn_monitor(fun() -> ok end), receive {'DOWN', R, _, _, _} -> P end end || _ <- lists:seq(1, 100)],
    L = [begin R = monitor(process, P), receive {'DOWN', R, process, P, W} -> W end end || P <- Dead, _ <- lists:seq(1, 20)],
    io:format("~p ~p~n", [lists:usort(L), length(L)]),
    Rs = [monitor(process, P) || P <- Dead],
    [demonitor(R, [flush]) || R <- Rs],
    io:format("~p ~p~n", [process_info(self(), messages), process_info(self(), monitors)]).
