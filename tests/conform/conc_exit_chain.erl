%% a chain of links falls as a whole, for each kind of reason
-module(conc_exit_chain).
-export([main/0]).

main() ->
    [io:format("~p: ~p~n", [Why, fall(Why)]) || Why <- [boom, {a, "tuple"}, [1, 2], <<"b">>, 3.5, kill, killed, shutdown, {shutdown, x}, #{a => 1}]].

fall(Why) ->
    Me = self(),
    First = spawn(fun() -> link_on(20, Me) end),
    Ps = [receive {up, P} -> P end || _ <- lists:seq(0, 20)],
    Rs = [monitor(process, P) || P <- Ps],
    settled(Ps),
    exit(First, Why),
    lists:usort([receive {'DOWN', R, _, P, W} -> {P =:= First, W} end || R <- Rs, P <- [pid_of(R)]]) -- [].

pid_of(R) -> receive {'DOWN', R, _, P, _} = M -> self() ! M, P end.
link_on(0, Me) -> Me ! {up, self()}, receive after infinity -> ok end;
link_on(N, Me) -> spawn_link(fun() -> link_on(N - 1, Me) end), Me ! {up, self()}, receive after infinity -> ok end.

%% Asked last, each has taken its monitor in.
settled(Ps) -> [process_info(P, monitored_by) || P <- Ps].
