%% the table of sockets
-module(net_inet_i).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, []),
    {ok, _} = gen_tcp:accept(L),
    io:format("~p~n", [[tuple_size(X) || X <- [inet:info(C)], is_tuple(X)]]),
    io:format("~p~n", [lists:sort(maps:keys(inet:info(C)))]),
    io:format("~p~n", [inet:i(tcp, [type, recv, sent, state])]),
    io:format("~p~n", [inet:i(udp, [type])]).
