%% sockets of the local machine, named by paths
-module(net_local).
-export([main/0]).

main() ->
    Path = "/tmp/conform_net_local_" ++ os:getpid(),
    file:delete(Path),
    {ok, L} = gen_tcp:listen(0, [{ifaddr, {local, Path}}, binary, {active, false}]),
    {ok, C} = gen_tcp:connect({local, Path}, 0, [binary, {active, false}, {packet, 2}]),
    {ok, S} = gen_tcp:accept(L),
    inet:setopts(S, [{packet, 2}]),
    ok = gen_tcp:send(C, "over a path"),
    io:format("~p~n", [gen_tcp:recv(S, 0)]),
    {ok, {local, N}} = inet:sockname(L),
    io:format("~p ~p~n", [binary_to_list(N) =:= Path, element(1, inet:peername(S))]),
    {ok, {local, N2}} = inet:peername(C),
    io:format("~p ~p~n", [N2 =:= N, element(1, inet:port(L))]),
    gen_tcp:close(S),
    io:format("~p~n", [gen_tcp:recv(C, 0)]),
    gen_tcp:close(L),
    io:format("~p~n", [gen_tcp:connect({local, Path}, 0, [])]),
    file:delete(Path),
    io:format("~p~n", [gen_tcp:connect({local, Path}, 0, [])]),
    {ok, U} = gen_udp:open(0, [{ifaddr, {local, Path}}, {active, true}]),
    {ok, V} = gen_udp:open(0, [local]),
    ok = gen_udp:send(V, {local, Path}, 0, "datagram"),
    receive {udp, U, A, P, D} -> io:format("~p ~p ~p~n", [A, P, D]) end,
    file:delete(Path).
