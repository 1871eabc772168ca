%% inet:getstat: counts of bytes and packets, of each kind of socket
-module(net_getstat).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}, {packet, 2}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}, {packet, 2}]),
    {ok, S} = gen_tcp:accept(L),
    show(new, [L, C, S]),
    [ok = gen_tcp:send(C, binary:copy(<<1>>, N)) || N <- [1, 10, 100, 1000, 0]],
    [{ok, _} = gen_tcp:recv(S, 0) || _ <- [1, 2, 3, 4, 5]],
    show(five, [C, S]),
    ok = inet:setopts(S, [{packet, raw}]),
    ok = gen_tcp:send(C, "abcdef"),
    [{ok, _} = gen_tcp:recv(S, N) || N <- [2, 3, 3]],
    show(raw, [C, S]),
    ok = gen_tcp:send(S, ["io", [<<"list">>]]),
    show(back, [S]),
    io:format("~p~n", [inet:getstat(S, [recv_cnt, send_oct, recv_cnt])]),
    io:format("~p~n", [inet:getstat(S, [])]),
    io:format("~p~n", [[try inet:getstat(S, X) catch E:R -> {E, R} end || X <- [[foo], foo, [recv_cnt, foo]]]]),
    io:format("~p~n", [inet:stats()]),
    {ok, U} = gen_udp:open(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, PU} = inet:port(U),
    [ok = gen_udp:send(U, {127, 0, 0, 1}, PU, binary:copy(<<1>>, N)) || N <- [0, 5, 50]],
    [{ok, _} = gen_udp:recv(U, 0) || _ <- [1, 2, 3]],
    show(udp, [U]),
    [gen_tcp:close(X) || X <- [C, S, L]],
    io:format("~p~n", [inet:getstat(S)]),
    {ok, L2} = gen_tcp:listen(0, [{inet_backend, socket}, {ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P2} = inet:port(L2),
    {ok, C2} = gen_tcp:connect({127, 0, 0, 1}, P2, [{inet_backend, socket}, binary, {active, false}]),
    {ok, S2} = gen_tcp:accept(L2),
    ok = gen_tcp:send(C2, "0123456789"),
    {ok, _} = gen_tcp:recv(S2, 10),
    io:format("~p~n", [[inet:getstat(X, [recv_oct, send_oct, send_cnt, send_max, recv_max, send_pend]) || X <- [C2, S2]]]).

show(What, Ss) -> [io:format("~p ~p~n", [What, inet:getstat(S)]) || S <- Ss].
