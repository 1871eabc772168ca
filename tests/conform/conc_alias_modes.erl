%% alias/0,1: explicit and reply, used by others, turned off, gone with their owner
-module(conc_alias_modes).
-export([main/0, id/1]).

main() ->
    A = alias(), B = alias([explicit_unalias]), C = alias([reply]), D = alias([reply, explicit_unalias]), E = alias([]),
    [begin X ! {N, 1}, X ! {N, 2} end || {N, X} <- [{a, A}, {b, B}, {c, C}, {d, D}, {e, E}]],
    io:format("~p~n", [drain()]),
    io:format("~p~n", [[unalias(X) || X <- [A, B, C, D, E]]]),
    io:format("~p~n", [[unalias(X) || X <- [A, B, C, D, E]]]),
    [X ! late || X <- [A, B, C, D, E]],
    io:format("~p~n", [drain()]),
    io:format("~p~n", [[try alias(id(O)) of R when is_reference(R) -> ref catch Cl:W -> {Cl, W} end || O <- [x, [x], [reply | x], [demonitor], [{alias, reply}], []]]]),
    Me = self(),
    F = alias(),
    spawn(fun() -> Me ! {other_unalias, unalias(F)}, F ! from_other end),
    io:format("~p~n", [[receive X -> X end, receive from_other -> from_other end]]),
    {P, Ref} = spawn_monitor(fun() -> Me ! {alias, alias()}, receive stop -> ok end end),
    G = receive {alias, X2} -> X2 end,
    P ! stop, receive {'DOWN', Ref, _, _, _} -> ok end,
    io:format("~p~n", [[G ! nobody, unalias(G), make_ref() ! nobody =:= nobody, erlang:send(G, x), erlang:send(G, x, [])]]).

id(X) -> X.
drain() -> receive X -> [X | drain()] after 0 -> [] end.
