%% processes made in place of dead ones are not taken for them
-module(conc_mon_pid_reuse).
-export([main/0]).

main() ->
    Dead = begin {P0, R0} = spawn_monitor(fun() -> ok end), receive {'DOWN', R0, _, _, _} -> P0 end end,
    L = [begin
        P = spawn(fun() -> receive stop -> ok end end),
        Dead ! stop, exit(Dead, kill),
        R = monitor(process, Dead),
        receive {'DOWN', R, process, Dead, noproc} -> ok end,
        X = {P =:= Dead, is_process_alive(P), is_process_alive(Dead), process_info(Dead, status)},
        P ! stop,
        X
    end || _ <- lists:seq(1, 300)],
    io:format("~p~n", [lists:usort(L)]).
