%% after demonitor with flush no DOWN message is left, whatever the moment
-module(conc_mon_demonitor_race).
-export([main/0]).

main() ->
    L = [begin
        P = spawn(fun() -> receive stop -> ok end end),
        R = monitor(process, P),
        P ! stop,
        if I rem 4 =:= 0 -> erlang:yield(); I rem 4 =:= 1 -> is_process_alive(P); true -> ok end,
        X = demonitor(R, [flush, info]),
        R2 = monitor(process, P), receive {'DOWN', R2, _, _, _} -> ok end,
        {is_boolean(X), receive {'DOWN', R, _, _, _} -> late after 0 -> clean end}
    end || I <- lists:seq(1, 1000)],
    io:format("~p~n", [lists:usort(L)]),
    io:format("~p~n", [process_info(self(), message_queue_len)]).
