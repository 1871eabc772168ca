%% what comes in pieces, with lengths asked for
-module(net_pieces).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {nodelay, true}]),
    {ok, S} = gen_tcp:accept(L),
    spawn_link(fun() -> [begin gen_tcp:send(C, [X]), timer:sleep(1) end || X <- "abcdefghijklmnopqrstuvwxyz"],
                        receive stop -> ok end end),
    io:format("~p~n", [[gen_tcp:recv(S, N) || N <- [1, 2, 3, 4, 5]]]),
    ok = gen_tcp:unrecv(S, <<"back">>),
    io:format("~p~n", [gen_tcp:recv(S, 5)]),
    inet:setopts(S, [{packet, line}, {line_delimiter, $z}]),
    io:format("~p~n", [gen_tcp:recv(S, 0)]),
    inet:setopts(S, [{packet, raw}]),
    io:format("~p ~p~n", [gen_tcp:recv(S, 0, 10), gen_tcp:recv(S, 70000000)]),
    ok = gen_tcp:unrecv(S, <<"again">>),
    inet:setopts(S, [{active, once}]),
    receive {tcp, S, D} -> io:format("~p~n", [D]) end.
