%% after unlink and a flush no exit message comes any more
-module(conc_link_unlink_flush).
-export([main/0]).

main() ->
    process_flag(trap_exit, true),
    L = [begin
        P = spawn_link(fun() -> receive stop -> exit(gone) end end),
        P ! stop,
        if I rem 3 =:= 0 -> erlang:yield(); true -> ok end,
        unlink(P),
        receive {'EXIT', P, gone} -> flushed after 0 -> nothing end,
        R = monitor(process, P),
        receive {'DOWN', R, _, _, _} -> ok end,
        receive {'EXIT', P, _} -> late after 0 -> clean end
    end || I <- lists:seq(1, 1000)],
    io:format("~p~n", [lists:usort(L)]).
