%% A question of high priority to a process of low priority is answered though others of high
%% priority keep all threads busy.
-module(conc_prio_inversion).
-export([main/0]).

main() ->
    process_flag(priority, max),
    Main = self(),
    Busy = [spawn_opt(fun() -> Main ! up, spin(0) end, [{priority, high}, {scheduler, I}, link])
            || I <- lists:seq(1, erlang:system_info(schedulers_online))],
    [receive up -> ok end || _ <- Busy],
    Low = spawn_opt(fun() -> spin(0) end, [{priority, low}, link]),
    Seen = [process_info(Low, [priority, trap_exit]),
            erlang:garbage_collect(Low),
            is_process_alive(Low),
            erlang:check_process_code(Low, no_module),
            erlang:check_process_code(Low, no_module, [{async, id}]),
            receive Answer -> Answer end],
    process_flag(trap_exit, true),
    [begin exit(P, kill), receive {'EXIT', P, killed} -> ok end end || P <- Busy ++ [Low]],
    process_flag(priority, normal),
    io:format("~p~n", [Seen]).

spin(N) -> spin(N + 1).
