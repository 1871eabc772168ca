%% groups, and the address of the interface
-module(net_multicast).
-export([main/0]).

main() ->
    Group = {239, 255, 77, 78},
    {ok, S} = gen_udp:open(0, [{reuseaddr, true}, {ip, {0, 0, 0, 0}}, {multicast_loop, true}, binary, {active, true}]),
    io:format("~p~n", [inet:setopts(S, [{add_membership, {Group, {127, 0, 0, 1}}}])]),
    io:format("~p~n", [inet:setopts(S, [{add_membership, {Group, {127, 0, 0, 1}}}])]),
    io:format("~p~n", [inet:setopts(S, [{add_membership, {{10, 0, 0, 1}, {127, 0, 0, 1}}}])]),
    io:format("~p~n", [inet:setopts(S, [{drop_membership, {Group, {127, 0, 0, 1}}}])]),
    io:format("~p~n", [inet:setopts(S, [{drop_membership, {Group, {127, 0, 0, 1}}}])]),
    io:format("~p~n", [inet:setopts(S, [{multicast_ttl, 5}])]),
    io:format("~p~n", [inet:getopts(S, [multicast_ttl, multicast_loop])]),
    io:format("~p~n", [catch inet:setopts(S, [{add_membership, foo}])]),
    {ok, T} = gen_udp:open(0, [inet6, {ip, {0, 0, 0, 0, 0, 0, 0, 1}}]),
    io:format("~p~n", [inet:getopts(T, [multicast_ttl, multicast_loop, multicast_if])]).
