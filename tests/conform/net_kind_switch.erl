%% the kind of packet changes while bytes of the next one are here already
-module(net_kind_switch).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}]),
    {ok, S} = gen_tcp:accept(L),
    ok = gen_tcp:send(C, [<<2, "ab", 0, 3, "cde", 0, 0, 0, 1, "f">>, "line\nPOST /x HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody",
                          <<22, 3, 1, 0, 1, "t", 48, 1, "u">>, "rest"]),
    [begin
         ok = inet:setopts(S, [{packet, K}]),
         io:format("~p: ~p~n", [K, short(gen_tcp:recv(S, N, 1000), S)])
     end || {K, N} <- [{1, 0}, {2, 0}, {4, 0}, {line, 0}, {http, 0}, {http, 0}, {http, 0}, {raw, 4}, {ssl_tls, 0}, {asn1, 0}, {raw, 2}, {raw, 0}]],
    %% A head that was seen by another kind; what came for it is taken again from its start.
    ok = gen_tcp:send(C, <<0, 5, "ab">>),
    ok = inet:setopts(S, [{packet, 2}]),
    io:format("~p~n", [gen_tcp:recv(S, 0, 30)]),
    ok = inet:setopts(S, [{packet, raw}]),
    io:format("~p~n", [gen_tcp:recv(S, 4, 1000)]),
    %% The same of a packet that is long.
    ok = gen_tcp:send(C, <<0, 1, 134, 160, "some of it">>),
    ok = inet:setopts(S, [{packet, 4}]),
    io:format("~p~n", [gen_tcp:recv(S, 0, 30)]),
    ok = inet:setopts(S, [{packet, 1}]),
    io:format("~p~n", [gen_tcp:recv(S, 0, 1000)]),
    io:format("~p~n", [gen_tcp:recv(S, 0, 30)]),
    ok = inet:setopts(S, [{packet, raw}]),
    io:format("~p~n", [gen_tcp:recv(S, 12, 1000)]),
    %% Headers of HTTP end with the empty line, the kind stays.
    ok = gen_tcp:send(C, "GET /1 HTTP/1.1\r\na: b\r\n\r\nGET /2 HTTP/1.1\r\n\r\n"),
    ok = inet:setopts(S, [{packet, http_bin}, {active, once}]),
    [receive
         {http, S, D} -> io:format("~p ~p~n", [D, inet:getopts(S, [packet, active])]), inet:setopts(S, [{active, once}])
     after 1000 -> io:format("nothing~n")
     end || _ <- lists:seq(1, 5)],
    %% In the middle of the headers to raw and back: a first line again.
    ok = inet:setopts(S, [{active, false}]),
    ok = gen_tcp:send(C, "GET /3 HTTP/1.1\r\na: b\r\nGET /4 HTTP/1.1\r\n\r\n"),
    io:format("~p~n", [[gen_tcp:recv(S, 0, 1000) || _ <- [1, 2]]]),
    ok = inet:setopts(S, [{packet, raw}]),
    ok = inet:setopts(S, [{packet, http_bin}]),
    io:format("~p~n", [[gen_tcp:recv(S, 0, 1000) || _ <- [1, 2]]]),
    io:format("~p~n", [gen_tcp:recv(S, 5, 10)]).

short({ok, T}, S) when is_tuple(T) -> list_to_tuple([case X of S -> socket; _ -> X end || X <- tuple_to_list(T)]);
short(R, _) -> R.
