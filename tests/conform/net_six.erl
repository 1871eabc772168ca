%% the other family
-module(net_six).
-export([main/0]).

main() ->
    Lo = {0, 0, 0, 0, 0, 0, 0, 1},
    {ok, L} = gen_tcp:listen(0, [inet6, {ip, Lo}, {active, false}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect(Lo, P, [inet6, {active, false}]),
    {ok, S} = gen_tcp:accept(L),
    ok = gen_tcp:send(C, "six"),
    io:format("~p~n", [gen_tcp:recv(S, 0)]),
    {ok, {A, P}} = inet:peername(C),
    io:format("~p~n", [A]),
    io:format("~p~n", [inet:getopts(C, [ipv6_v6only, tclass, recvtclass])]),
    {ok, U} = gen_udp:open(0, [inet6, {ip, Lo}]),
    {ok, PU} = inet:port(U),
    {ok, V} = gen_udp:open(0, [inet6, {ip, Lo}]),
    ok = gen_udp:send(V, Lo, PU, "seven"),
    receive {udp, U, B, _, D} -> io:format("~p ~p~n", [B, D]) end,
    {ok, L4} = gen_tcp:listen(0, [inet6, {ipv6_v6only, true}]),
    io:format("~p~n", [inet:getopts(L4, [ipv6_v6only])]),
    {ok, P4} = inet:port(L4),
    io:format("~p~n", [gen_tcp:connect({127, 0, 0, 1}, P4, [])]).
