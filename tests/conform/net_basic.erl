%% a connection: both ends, passive and active, lists and binaries
-module(net_basic).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [list, {active, false}]),
    {ok, S} = gen_tcp:accept(L),
    ok = gen_tcp:send(C, "hello"),
    io:format("~p~n", [gen_tcp:recv(S, 5)]),
    ok = gen_tcp:send(S, [<<"wor">>, $l, ["d"]]),
    io:format("~p~n", [gen_tcp:recv(C, 5)]),
    {ok, {A, PC}} = inet:sockname(C),
    {ok, {A, PC}} = inet:peername(S),
    {ok, {A, P}} = inet:peername(C),
    io:format("~p ~p~n", [A, is_port(C)]),
    inet:setopts(S, [{active, once}]),
    ok = gen_tcp:send(C, "once"),
    receive {tcp, S, D} -> io:format("~p~n", [D]) end,
    inet:setopts(C, [{active, true}]),
    ok = gen_tcp:send(S, "true"),
    receive {tcp, C, E} -> io:format("~p~n", [E]) end,
    ok = gen_tcp:close(S),
    receive {tcp_closed, C} -> io:format("closed~n") end,
    io:format("~p ~p~n", [erlang:port_info(C), erlang:port_info(S)]),
    ok = gen_tcp:close(C),
    ok = gen_tcp:close(L),
    io:format("~p~n", [gen_tcp:connect({127, 0, 0, 1}, P, [])]).
