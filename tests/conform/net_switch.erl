%% packet types changed in the middle of what has come
-module(net_switch).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}]),
    {ok, S} = gen_tcp:accept(L),
    ok = gen_tcp:send(S, ["a line\n", <<3, "abc">>, <<0, 2, "de">>, "POST /x HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody", <<0, 0, 0, 1, "z">>, "end"]),
    gen_tcp:close(S),
    Take = fun(Type, N) -> ok = inet:setopts(C, [{packet, Type}]), io:format("~p ~p~n", [Type, gen_tcp:recv(C, N)]) end,
    Take(line, 0), Take(1, 0), Take(2, 0), Take(http_bin, 0), Take(http_bin, 0), Take(http_bin, 0), Take(raw, 4), Take(4, 0),
    inet:setopts(C, [{packet, raw}, {active, once}]),
    receive {tcp, C, D} -> io:format("~p~n", [D]) end,
    inet:setopts(C, [{active, once}]),
    receive {tcp_closed, C} -> io:format("closed~n") end.
