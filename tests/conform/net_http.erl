%% HTTP's packets, in pieces too, from request to body
-module(net_http).
-export([main/0]).

run(Type, Pieces, Active) ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}, {nodelay, true}]),
    {ok, S} = gen_tcp:accept(L),
    gen_tcp:close(L),
    inet:setopts(S, [{packet, Type}]),
    spawn_link(fun() -> [begin gen_tcp:send(C, X), timer:sleep(2) end || X <- Pieces], gen_tcp:shutdown(C, write),
                        timer:sleep(infinity) end),
    Got = case Active of
              false -> passive(S);
              true -> inet:setopts(S, [{active, true}]), active(S)
          end,
    io:format("~p ~p~n~p~n", [Type, Active, Got]),
    gen_tcp:close(S), gen_tcp:close(C).

passive(S) ->
    case gen_tcp:recv(S, 0) of
        {ok, X} -> [X | passive(S)];
        {error, R} -> [R]
    end.

active(S) ->
    receive
        {tcp_closed, S} -> [closed];
        {tcp_error, S, R} -> [R | active(S)];
        {Tag, S, X} -> [{Tag, X} | active(S)]
    end.

main() ->
    R = ["GET /a?b=c HTTP/1.1\r\nHo", "st: x:80\r\nX-Odd-Name: y\r\n", " more\r\nContent-Length: 5\r\n", "\r\n",
         "POST * HTTP/1.0\r\n\r\nHEAD http://h:1/p HTTP/1.1\r\nA: b\r\n\r\n"],
    [run(T, R, A) || T <- [http, http_bin], A <- [false, true]],
    run(http_bin, ["HTTP/1.1 200 OK\r\nServer: me\r\nConnection: close\r\n\r\n"], false),
    run(http, ["HTTP/1.1 404 Not found\r\nServer: me\r\n\r\n"], true),
    run(http_bin, ["GARBAGE\r\nGET / HTTP/1.1\r\nbad header\r\nGood: one\r\n\r\n"], false),
    run(httph_bin, ["Host: x\r\nCookie: a=b\r\n\r\n"], false),
    run(httph, ["Host: x\r\nCookie: a=b\r\n\r\n"], true).
