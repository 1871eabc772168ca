%% packet http: first lines and headers of all kinds, well and badly formed, in lists and binaries
-module(net_http_kinds).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    [io:format("~0p ~0p: ~0p~n", [K, T, over(L, P, K, T)]) || K <- [http, http_bin], T <- firsts()],
    [io:format("~0p ~0p: ~0p~n", [K, T, over(L, P, K, ["GET / HTTP/1.1\r\n", T, "\r\n\r\n"])]) || K <- [http, http_bin], T <- headers()],
    [io:format("~0p ~0p: ~0p~n", [K, T, over(L, P, K, [T, "\r\n\r\n"])]) || K <- [httph, httph_bin], T <- headers()].

firsts() ->
    ["GET / HTTP/1.1\r\n\r\n", "GET /\r\n\r\n", "GET\r\n\r\n", "\r\nGET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\n\n",
     "OPTIONS * HTTP/1.1\r\n\r\n", "BREW /pot HTTP/1.1\r\n\r\n", "get / HTTP/1.1\r\n\r\n", "GET http://a.b:80/c?d HTTP/1.1\r\n\r\n",
     "GET https://a.b/ HTTP/1.1\r\n\r\n", "GET ftp://a HTTP/1.1\r\n\r\n", "GET http://a HTTP/1.1\r\n\r\n", "CONNECT a:443 HTTP/1.1\r\n\r\n", "GET foo:bar HTTP/1.1\r\n\r\n",
     "GET / HTTP/2.0\r\n\r\n", "GET / HTTP/1\r\n\r\n", "GET / HTTP/x.y\r\n\r\n", "GET / FTP/1.1\r\n\r\n", "GET  /a  HTTP/1.1 \r\n\r\n", "GET /a b HTTP/1.1\r\n\r\n",
     "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200\r\n\r\n", "HTTP/1.1 200 \r\n\r\n", "HTTP/1.1  99 a  b \r\n\r\n", "HTTP/1.1 2x0 OK\r\n\r\n", "HTTP/1.1\r\n\r\n",
     "HTTP/1.1 99999 Much\r\n\r\n", "HTTP/12.34 200 OK\r\n\r\n", "HTTP\r\n\r\n", "ICY 200 OK\r\n\r\n", " GET / HTTP/1.1\r\n\r\n", "GET /\t HTTP/1.1\r\n\r\n", [<<"GET /", 255, 0, 1, " HTTP/1.1\r\n\r\n">>], "no newline", "\r\n", ""].

headers() ->
    ["Host: a", "host: a", "HOST:a", "X-Own-header:  v ", "x-LOWER-case: v", "Name : v", "NoColon", ": empty", "Empty:", "Empty: ",
     "Fold: a\r\n  b", "Fold: a\n\tb\r\n c", "Tab:\tx", "Content-length: 10", "content-md5: 3", "A_b: c", "Very-long-header-name-beyond-twenty-chars: x",
     "x-short-name-of-20ch: y", "Set-Cookie2: 1", "a b: c", "Colon: a:b:c", [<<"Bytes: ", 128, 255, 0>>], "A: b\r\nC: d", "keep-alive: 1", "TE: x", "-: y", "x-1-a: y"].

over(L, P, K, T) ->
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}]),
    {ok, S} = gen_tcp:accept(L),
    ok = inet:setopts(S, [{packet, K}]),
    ok = gen_tcp:send(C, T),
    ok = gen_tcp:shutdown(C, write),
    R = take(S, 8),
    gen_tcp:close(C),
    gen_tcp:close(S),
    R.

take(_, 0) -> [];
take(S, N) ->
    case gen_tcp:recv(S, 0, 2000) of
        {ok, D} -> [D | take(S, N - 1)];
        {error, R} -> [R]
    end.
