%% a tree of 2,000 linked processes is gone when its root is killed
-module(conc_exit_cascade_tree).
-export([main/0]).

main() ->
    Me = self(),
    Root = spawn(fun() -> tree(10, Me) end),
    Ps = [receive {up, P} -> P end || _ <- lists:seq(1, 2047)],
    Rs = [monitor(process, P) || P <- Ps],
    settled(Ps),
    exit(Root, kill),
    io:format("~p~n", [lists:usort([receive {'DOWN', R, _, _, W} -> W end || R <- Rs])]),
    io:format("~p~n", [[P || P <- Ps, is_process_alive(P)]]).

tree(D, Me) ->
    [spawn_link(fun() -> tree(D - 1, Me) end) || D > 0, _ <- [l, r]],
    Me ! {up, self()},
    receive after infinity -> ok end.

%% Asked last, each has taken its monitor in.
settled(Ps) -> [process_info(P, monitored_by) || P <- Ps].
