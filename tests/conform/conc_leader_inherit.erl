%% group leaders are inherited, changed from inside and outside, and may be dead
-module(conc_leader_inherit).
-export([main/0, id/1]).

main() ->
    Me = self(), G = group_leader(),
    L = spawn(fun() -> receive stop -> ok end end),
    P = spawn(fun() -> group_leader(L, self()), spawn(fun() -> Me ! {child, group_leader()} end), receive stop -> ok end end),
    io:format("~p~n", [receive {child, X} -> X =:= L end]),
    io:format("~p~n", [process_info(P, group_leader) =:= {group_leader, L}]),
    io:format("~p~n", [[group_leader(G, P), process_info(P, group_leader) =:= {group_leader, G}]]),
    R = monitor(process, L), L ! stop, receive {'DOWN', R, _, _, _} -> ok end,
    io:format("~p~n", [[group_leader(L, P), process_info(P, group_leader) =:= {group_leader, L}]]),
    io:format("~p~n", [[try group_leader(id(A), id(B)) catch C:E -> {C, E} end || {A, B} <- [{x, P}, {G, x}, {1, 2}, {G, L}]]]),
    io:format("~p~n", [group_leader() =:= G]),
    B = spawn(fun busy/0),
    io:format("~p~n", [[group_leader(Me, B), process_info(B, group_leader) =:= {group_leader, Me}]]),
    exit(B, kill), exit(P, kill).

busy() -> busy().
id(X) -> X.
