%% inet:monitor, port monitors and links of sockets: what is told when, and with which reason
-module(net_monitors).
-export([main/0]).

main() -> [backend(B) || B <- [inet, socket]], process_flag(trap_exit, true), links(), datagrams().

pair(B, O1) ->
    O = [{inet_backend, B}, binary, {active, false}, {ip, {127, 0, 0, 1}} | O1],
    {ok, L} = gen_tcp:listen(0, O),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, O),
    {ok, S} = gen_tcp:accept(L),
    {L, C, S}.

backend(B) ->
    {L, C, S} = pair(B, []),
    [R1, R2, R3] = [inet:monitor(X) || X <- [L, C, S]],
    R4 = inet:monitor(C),
    io:format("~0p ~0p~n", [B, [is_reference(R) || R <- [R1, R2, R3, R4]]]),
    io:format("~0p~n", [[inet:cancel_monitor(R4), inet:cancel_monitor(R4)]]),
    ok = gen_tcp:close(L),
    io:format("~0p~n", [down(R1, L)]),
    ok = gen_tcp:close(C),
    io:format("~0p~n", [down(R2, C)]),
    io:format("~0p~n", [receive {'DOWN', R4, _, _, _} -> told after 0 -> nothing end]),
    Owner = spawn(fun() -> receive never -> ok end end),
    ok = gen_tcp:controlling_process(S, Owner),
    exit(Owner, kill),
    io:format("~0p~n", [down(R3, S)]),
    R5 = inet:monitor(S),
    io:format("~0p~n", [down(R5, S)]),
    io:format("~0p~n", [inet:cancel_monitor(R5)]),
    io:format("~0p~n", [[catch_it(fun() -> inet:monitor(foo) end), catch_it(fun() -> inet:cancel_monitor(foo) end), inet:cancel_monitor(make_ref())]]),
    %% By another process.
    {L2, C2, S2} = pair(B, []),
    Me = self(),
    spawn_link(fun() -> R = inet:monitor(C2), Me ! ready, Me ! {down, down(R, C2)} end),
    receive ready -> ok end,
    gen_tcp:close(C2),
    io:format("~0p~n", [receive {down, D} -> D after 2000 -> nothing end]),
    [gen_tcp:close(X) || X <- [L2, S2]].

catch_it(F) -> try F() catch C:R -> {C, R} end.

down(R, X) -> receive {'DOWN', R, T, Y, Why} -> {T, X =:= Y, Why} after 2000 -> nothing end.

links() ->
    [begin
         {L, C, S} = pair(inet, []),
         R = erlang:monitor(port, C),
         F(C, S),
         io:format("~0p: ~0p ~0p~n", [Name, receive {'DOWN', R, port, C, Why} -> Why after 100 -> nothing end, receive {'EXIT', C, W} -> W after 20 -> nothing end]),
         [catch gen_tcp:close(X) || X <- [L, C, S]],
         flush()
     end || {Name, F} <- [{close, fun(C, _) -> gen_tcp:close(C) end}, {port_close, fun(C, _) -> port_close(C) end},
                          {exit_kill, fun(C, _) -> exit(C, kill) end}, {exit_normal, fun(C, _) -> exit(C, normal) end}, {exit_foo, fun(C, _) -> exit(C, foo) end},
                          {exit_unlinked, fun(C, _) -> unlink(C), exit(C, foo) end},
                          {peer_active, fun(C, S) -> inet:setopts(C, [{active, true}]), gen_tcp:close(S) end},
                          {peer_passive, fun(C, S) -> gen_tcp:close(S), gen_tcp:recv(C, 0) end},
                          {message, fun(C, _) -> C ! {self(), close}, receive {C, closed} -> ok after 1000 -> none end end}]].

flush() -> receive _ -> flush() after 0 -> ok end.

datagrams() ->
    {ok, U} = gen_udp:open(0),
    R = inet:monitor(U),
    gen_udp:close(U),
    io:format("~0p~n", [down(R, U)]),
    {ok, V} = gen_udp:open(0, [{inet_backend, socket}]),
    R2 = inet:monitor(V),
    gen_udp:close(V),
    io:format("~0p~n", [down(R2, V)]).
