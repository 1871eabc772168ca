%% Processes on dirty schedulers: results and failures, collections, exits.
-module(proc_dirty).
-export([main/0]).

main() ->
    p({erts_debug:dirty_cpu(scheduler, type), erts_debug:dirty_io(scheduler, type)}),
    p([failure(F, [error, E]) || F <- [dirty_cpu, dirty_io], E <- [badarg, undef, {no, atom}]]),
    T = {a, [1.5, <<"binary">>, 1 bsl 70, binary:copy(<<"x">>, 100)], #{k => "v"}},
    p([lists:usort(erts_debug:F(copy, T)) =:= [T] || F <- [dirty_cpu, dirty_io]]),
    p(length(loop(50, T, []))),
    ended(), collected(), group_led(), many(),
    p(erlang:system_info(dirty_io_schedulers)),
    p(erlang:system_info(dirty_cpu_schedulers) =:= erlang:system_info(schedulers)),
    p(erlang:system_info(dirty_cpu_schedulers_online) =:= erlang:system_info(schedulers_online)),
    Runs = erlang:statistics(run_queue_lengths),
    p(length(Runs) - erlang:system_info(schedulers)),
    p(length(erlang:statistics(run_queue_lengths_all)) - length(Runs)).

failure(F, Args) ->
    try apply(erts_debug, F, Args)
    catch C:R:S -> [{M, G, A, _} | _] = S, {C, R, M, G, A}
    end.

loop(0, _, Acc) -> Acc;
loop(N, T, Acc) -> loop(N - 1, T, [hd(erts_debug:dirty_cpu(copy, T)) | Acc]).

ended() ->
    process_flag(trap_exit, true),
    Self = self(),
    P = spawn_link(fun() -> erts_debug:dirty_cpu(alive_waitexiting, Self) end),
    receive {alive, P} -> ok end,
    M = monitor(process, P),
    exit(P, over),
    receive {'EXIT', P, R} -> p(R) end,
    receive {'DOWN', M, process, P, R2} -> p(R2) end,
    p(is_process_alive(P)).

%% Waits for the call's end.
collected() ->
    P = spawn(fun() -> erts_debug:dirty_io(wait, 30), receive stop -> ok end end),
    timer:sleep(5),
    p(erlang:garbage_collect(P)),
    p(process_info(P, binary)),
    exit(P, kill).

group_led() ->
    P = spawn(fun() -> erts_debug:dirty_io(wait, 30) end),
    Old = group_leader(),
    p(group_leader(self(), P)),
    p(process_info(P, group_leader) =:= {group_leader, self()}),
    p(Old =:= group_leader()),
    exit(P, kill).

many() ->
    Ps = [spawn_monitor(fun() -> exit(erts_debug:dirty_io(wait, 1)) end) || _ <- lists:seq(1, 100)],
    [exit(P, kill) || {P, _} <- lists:nthtail(50, Ps)],
    p(lists:usort([receive {'DOWN', M, _, _, R} -> R end || {_, M} <- lists:sublist(Ps, 50)])),
    [receive {'DOWN', M, _, _, _} -> ok end || {_, M} <- lists:nthtail(50, Ps)].

p(X) -> io:format("~p~n", [X]).
