%% a hub with hundreds of links; one leaf takes all down, or none where the hub traps
-module(conc_link_star).
-export([main/0]).

main() ->
    [io:format("~p~n", [star(T)]) || T <- [false, true]].

star(Trap) ->
    Me = self(),
    Hub = spawn(fun() -> process_flag(trap_exit, Trap), Ls = [spawn_link(fun() -> receive die -> exit(leaf) end end) || _ <- lists:seq(1, 300)], Me ! {leaves, Ls}, hub(Me) end),
    receive {leaves, Ls} -> ok end,
    Rs = [monitor(process, L) || L <- Ls], H = monitor(process, Hub),
    settled([Hub | Ls]),
    hd(Ls) ! die,
    case Trap of
        false -> {lists:usort([receive {'DOWN', R, _, _, W} -> W end || R <- Rs]), receive {'DOWN', H, _, _, W} -> W end};
        true ->
            X = receive {hub, W} -> W end,
            N = length([1 || L <- Ls, is_process_alive(L)]),
            exit(Hub, kill),
            {X, N, lists:usort([receive {'DOWN', R, _, _, Y} -> Y end || R <- Rs])}
    end.
hub(Me) -> receive {'EXIT', _, W} -> Me ! {hub, W}, hub(Me) end.

%% Asked last, each has taken its monitor in.
settled(Ps) -> [process_info(P, monitored_by) || P <- Ps].
