%% demonitor with info says exactly whether a DOWN message was there
-module(conc_mon_info_race).
-export([main/0]).

main() ->
    L = [begin
        P = spawn(fun() -> receive stop -> ok end end),
        R = monitor(process, P),
        P ! stop,
        if I rem 2 =:= 0 -> erlang:yield(); true -> ok end,
        Was = demonitor(R, [info]),
        R2 = monitor(process, P), receive {'DOWN', R2, _, _, _} -> ok end,
        Was =/= receive {'DOWN', R, _, _, _} -> true after 0 -> false end
    end || I <- lists:seq(1, 1000)],
    io:format("~p~n", [lists:usort(L)]).
