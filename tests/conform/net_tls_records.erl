%% records of TLS as packets
-module(net_tls_records).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}, {packet, ssl_tls}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}]),
    {ok, S} = gen_tcp:accept(L),
    ok = gen_tcp:send(C, <<22, 3, 1, 0, 4, "abcd", 23, 3, 3, 0, 2, "xy">>),
    {ok, R} = gen_tcp:recv(S, 0),
    io:format("~p~n", [[case X of S -> socket; _ -> X end || X <- tuple_to_list(R)]]),
    inet:setopts(S, [{active, true}]),
    receive M -> io:format("~p~n", [[case X of S -> socket; _ -> X end || X <- tuple_to_list(M)]]) end.
