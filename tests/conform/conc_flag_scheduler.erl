%% process_flag(scheduler, N) and {scheduler, N} of spawn_opt: a process stays on one thread.
-module(conc_flag_scheduler).
-export([main/0]).

main() ->
    N = erlang:system_info(schedulers_online),
    io:format("~p ~p~n", [process_flag(scheduler, 0), process_flag(scheduler, 1)]),
    io:format("~p ~p~n", [erlang:system_info(scheduler_id), process_flag(scheduler, 1)]),
    Last = process_flag(scheduler, N),
    io:format("~p ~p~n", [Last, erlang:system_info(scheduler_id) =:= N]),
    io:format("~p~n", [process_flag(scheduler, 0) =:= N]),
    Bad = [catch process_flag(scheduler, X)
           || X <- [-1, erlang:system_info(schedulers) + 1, one, 1 bsl 70]],
    io:format("~p~n", [[R || {'EXIT', {R, _}} <- Bad]]),
    Ps = [{I, spawn_opt(fun() -> stay(I, 300) end, [monitor, {scheduler, I}])}
          || I <- lists:seq(1, N), _ <- lists:seq(1, 20)],
    Others = [spawn_opt(fun() -> wander(300) end, [monitor]) || _ <- lists:seq(1, 20)],
    io:format("~p~n", [lists:usort([down(P) || {_, P} <- Ps])]),
    io:format("~p~n", [lists:usort([down(P) || P <- Others])]),
    io:format("~p~n", [catch spawn_opt(fun() -> ok end, [{scheduler, -1}])]),
    child_is_free().

stay(_, 0) -> ok;
stay(I, K) ->
    I = erlang:system_info(scheduler_id),
    case K rem 3 of
        0 -> erlang:yield();
        1 -> self() ! K, receive K -> ok end;
        2 -> receive after 0 -> ok end
    end,
    K rem 100 =:= 0 andalso receive after 1 -> ok end,
    stay(I, K - 1).

wander(0) -> ok;
wander(K) -> erlang:yield(), wander(K - 1).

down({Pid, Ref}) ->
    receive {'DOWN', Ref, process, Pid, Why} -> Why end.

child_is_free() ->
    process_flag(scheduler, 1),
    {P, R} = spawn_monitor(fun() -> exit(process_flag(scheduler, 1)) end),
    io:format("~p~n", [down({P, R})]).
