%% a process in the middle that traps exits protects the rest
-module(conc_exit_chain_trap).
-export([main/0]).

main() ->
    Me = self(),
    [begin
         First = spawn(fun() -> link_on(10, At, Me) end),
         Ps = maps:from_list([receive {up, N, P} -> {N, P} end || _ <- lists:seq(0, 10)]),
         Rs = [{N, monitor(process, P)} || {N, P} <- maps:to_list(Ps), N > At],
         settled(maps:values(Ps)),
         exit(First, down),
         io:format("~p ~p ", [At, lists:usort([receive {'DOWN', R, _, _, W} -> W end || {_, R} <- Rs])]),
         io:format("~p ~p~n", [receive {trapped, N, Why} -> {N, Why} end, [is_process_alive(P) || {N, P} <- maps:to_list(Ps), N =< At]]),
         [exit(P, kill) || P <- maps:values(Ps)]
     end || At <- [0, 3, 9]].

link_on(N, At, Me) ->
    if N =:= At -> process_flag(trap_exit, true); true -> ok end,
    if N > 0 -> spawn_link(fun() -> link_on(N - 1, At, Me) end); true -> ok end,
    Me ! {up, N, self()},
    receive {'EXIT', _, Why} -> Me ! {trapped, N, Why}, receive after infinity -> ok end end.

%% Asked last, each has taken its monitor in.
settled(Ps) -> [process_info(P, monitored_by) || P <- Ps].
