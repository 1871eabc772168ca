%% a name is free before anybody learns of the end of its process
-module(conc_name_freed).
-export([main/0]).

main() ->
    L = [begin
        {P, R} = spawn_monitor(fun() -> register(conc_name, self()), receive stop -> ok end end),
        wait(P), P ! stop,
        receive {'DOWN', R, process, P, normal} -> {whereis(conc_name), lists:member(conc_name, registered())} end
    end || _ <- lists:seq(1, 300)],
    io:format("~p~n", [lists:usort(L)]),
    process_flag(trap_exit, true),
    L2 = [begin
        P = spawn_link(fun() -> register(conc_name, self()), receive stop -> ok end end),
        wait(P), exit(P, kill),
        receive {'EXIT', P, killed} -> register(conc_name, self()) end,
        unregister(conc_name)
    end || _ <- lists:seq(1, 300)],
    io:format("~p~n", [lists:usort(L2)]).

wait(P) -> case whereis(conc_name) of P -> ok; _ -> erlang:yield(), wait(P) end.
