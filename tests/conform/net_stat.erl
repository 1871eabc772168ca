%% counts
-module(net_stat).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, {active, false}, {packet, 2}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [{packet, 2}, {active, false}]),
    {ok, S} = gen_tcp:accept(L),
    [begin ok = gen_tcp:send(C, lists:duplicate(N, $a)), {ok, _} = gen_tcp:recv(S, 0) end || N <- [1, 10, 5, 100, 7]],
    io:format("~p~n~p~n", [inet:getstat(C), inet:getstat(S)]),
    io:format("~p~n", [inet:getstat(C, [send_cnt, recv_oct])]),
    io:format("~p~n", [catch inet:getstat(C, [foo])]),
    io:format("~p ~p~n", [erlang:port_info(C, output), erlang:port_info(S, input)]),
    io:format("~p~n", [erlang:port_info(C, name)]),
    gen_tcp:close(C),
    io:format("~p~n", [inet:getstat(C)]).
