%% a chain of 10,000 linked processes falls from one end to the other
-module(conc_link_10k).
-export([main/0]).

main() ->
    Me = self(),
    First = spawn(fun() -> chain(10000, Me) end),
    Last = receive {last, P} -> P end,
    R1 = monitor(process, Last), R2 = monitor(process, First),
    settled([First, Last]),
    exit(First, {all, fall}),
    io:format("~p~n", [[receive {'DOWN', R, _, _, W} -> W end || R <- [R1, R2]]]),
    Second = spawn(fun() -> chain(10000, Me) end),
    Last2 = receive {last, P2} -> P2 end,
    R3 = monitor(process, Second),
    settled([Second]),
    exit(Last2, {from, 'end'}),
    io:format("~p~n", [receive {'DOWN', R3, _, _, W3} -> W3 end]).

chain(0, Me) -> Me ! {last, self()}, receive after infinity -> ok end;
chain(N, Me) -> spawn_link(fun() -> chain(N - 1, Me) end), receive after infinity -> ok end.

%% Asked last, each has taken its monitor in.
settled(Ps) -> [process_info(P, monitored_by) || P <- Ps].
