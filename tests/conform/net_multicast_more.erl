%% multicast on the loopback: joined and left, to several, wrong groups
-module(net_multicast_more).
-export([main/0]).

main() ->
    Group = {224, 0, 0, 251},
    Lo = {127, 0, 0, 1},
    {ok, U} = gen_udp:open(0, [binary, {active, false}, {reuseaddr, true}, {multicast_loop, true}, {multicast_if, Lo}, {add_membership, {Group, Lo}}]),
    {ok, P} = inet:port(U),
    {ok, V} = gen_udp:open(0, [binary, {active, false}, {multicast_if, Lo}, {multicast_ttl, 0}]),
    ok = gen_udp:send(V, Group, P, "joined"),
    io:format("~0p~n", [data(gen_udp:recv(U, 0, 500))]),
    io:format("~0p~n", [inet:setopts(U, [{drop_membership, {Group, Lo}}])]),
    ok = gen_udp:send(V, Group, P, "left"),
    io:format("~0p~n", [data(gen_udp:recv(U, 0, 30))]),
    io:format("~0p~n", [inet:setopts(U, [{drop_membership, {Group, Lo}}])]),
    io:format("~0p~n", [[inet:setopts(U, [{add_membership, M}]) || M <- [{Group, Lo}, {Group, Lo}, {{10, 1, 2, 3}, Lo}, {Group, Lo, 1}]]]),
    io:format("~0p~n", [inet:getopts(V, [{raw, 0, 32, 4}, multicast_ttl, multicast_loop])]),
    io:format("~0p~n", [[{inet:setopts(V, [O]), inet:getopts(V, [element(1, O)])} || O <- [{multicast_loop, false}, {multicast_ttl, 5}, {multicast_ttl, 300}]]]),
    io:format("~0p~n", [try gen_udp:open(0, [{add_membership, {{1, 2, 3, 4}, Lo}}]) of {ok, _} -> ok; R -> R catch E:X -> {E, X} end]),
    [gen_udp:close(S) || S <- [U, V]].

data({ok, {_, _, D}}) -> D;
data(R) -> R.
