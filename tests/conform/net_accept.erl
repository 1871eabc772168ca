%% several that accept; one that ends, a listener that is closed
-module(net_accept).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, {active, false}]),
    {ok, P} = inet:port(L),
    Me = self(),
    Start = fun(Name) -> Pid = spawn(fun() -> Me ! {Name, gen_tcp:accept(L)}, timer:sleep(infinity) end), waits(Pid, accept0) end,
    A = Start(a), B = Start(b), _C = Start(c),
    io:format("~p~n", [prim_inet:getstatus(L)]),
    R0 = monitor(process, A), exit(A, kill), receive {'DOWN', R0, _, _, _} -> ok end,
    {ok, _} = gen_tcp:connect({127, 0, 0, 1}, P, []),
    receive {N1, {ok, S1}} -> io:format("~p ~p~n", [N1, erlang:port_info(S1, connected) =:= {connected, B}]) end,
    {ok, _} = gen_tcp:connect({127, 0, 0, 1}, P, []),
    receive {N2, {ok, _}} -> io:format("~p~n", [N2]) end,
    Start(d), Start(e),
    gen_tcp:close(L),
    io:format("~p~n", [lists:sort([receive {N, R} -> {N, R} end || _ <- [1, 2]])]),
    io:format("~p~n", [gen_tcp:accept(L)]),
    {ok, L2} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, true}, {packet, 4}, {nodelay, true}, {header, 1}, {keepalive, true}, {linger, {true, 1}}, {send_timeout, 77}]),
    {ok, P2} = inet:port(L2),
    {ok, K} = gen_tcp:connect({127, 0, 0, 1}, P2, [{packet, 4}]),
    {ok, S} = gen_tcp:accept(L2),
    io:format("~p~n", [inet:getopts(S, [mode, active, packet, nodelay, header, keepalive, linger, send_timeout])]),
    gen_tcp:send(K, "abc"),
    receive {tcp, S, D} -> io:format("~p~n", [D]) end,
    io:format("~p~n", [gen_tcp:listen(P2, [{ip, {127, 0, 0, 1}}])]),
    io:format("~p ~p~n", [gen_tcp:recv(L2, 0), gen_tcp:send(L2, "x")]).

%% Until Pid waits in that function of prim_inet.
waits(Pid, F) ->
    case process_info(Pid, [current_function, status]) of
        [{_, {prim_inet, F, _}}, {_, waiting}] -> Pid;
        _ -> timer:sleep(1), waits(Pid, F)
    end.
