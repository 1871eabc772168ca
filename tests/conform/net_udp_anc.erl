%% datagrams with ancillary data
-module(net_udp_anc).
-export([main/0]).

main() ->
    Lo = {127, 0, 0, 1},
    {ok, A} = gen_udp:open(0, [{ip, Lo}, binary, {active, false}, {recvtos, true}, {recvttl, true}]),
    {ok, B} = gen_udp:open(0, [{ip, Lo}, binary, {active, false}]),
    {ok, PA} = inet:port(A),
    ok = gen_udp:send(B, Lo, PA, "plain"),
    {ok, {_, _, Anc, D}} = gen_udp:recv(A, 0, 1000),
    io:format("~p ~p~n", [lists:sort(Anc), D]),
    io:format("~p~n", [gen_udp:send(B, {Lo, PA}, [{tos, 16}], "marked")]),
    {ok, {_, _, Anc2, D2}} = gen_udp:recv(A, 0, 1000),
    io:format("~p ~p~n", [lists:sort(Anc2), D2]),
    inet:setopts(A, [{active, once}]),
    io:format("~p~n", [gen_udp:send(B, {Lo, PA}, [{ttl, 9}], "active")]),
    receive {udp, A, _, _, Anc3, D3} -> io:format("~p ~p~n", [lists:sort(Anc3), D3]) end,
    io:format("~p~n", [catch gen_udp:send(B, {Lo, PA}, [{foo, 9}], "bad")]).
