%% rings of links fall once, whoever is hit
-module(conc_exit_ring).
-export([main/0]).

main() ->
    [io:format("~p ~p~n", [N, ring(N)]) || N <- [1, 2, 3, 10, 200]].

ring(N) ->
    Me = self(),
    Ps = [spawn(fun() -> member(Me) end) || _ <- lists:seq(1, N)],
    [P ! {link, Q} || {P, Q} <- lists:zip(Ps, tl(Ps) ++ [hd(Ps)])],
    [receive {linked, P} -> ok end || P <- Ps],
    Rs = [monitor(process, P) || P <- Ps],
    settled(Ps),
    exit(lists:nth(N div 2 + 1, Ps), {fall, N}),
    lists:usort([receive {'DOWN', R, _, _, W} -> W end || R <- Rs]).

member(Me) -> receive {link, Q} -> link(Q), Me ! {linked, self()}, member(Me) end.

%% Asked last, each has taken its monitor in.
settled(Ps) -> [process_info(P, monitored_by) || P <- Ps].
