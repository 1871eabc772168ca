%% keep-alive HTTP between a server and a client of the same program
-module(net_web).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {packet, http_bin}, {active, false}]),
    {ok, P} = inet:port(L),
    spawn_link(fun() -> accept(L) end),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}]),
    [io:format("~p~n", [ask(C, M, Path, Body)]) || {M, Path, Body} <- [{"GET", "/", ""}, {"POST", "/echo", "some text"}, {"GET", "/%20x?y", ""}, {"HEAD", "*", ""}]],
    ok = gen_tcp:send(C, [["GET /", integer_to_list(I), " HTTP/1.1\r\n\r\n"] || I <- lists:seq(1, 20)]),
    inet:setopts(C, [{packet, http_bin}]),
    io:format("~p~n", [[answer(C) || _ <- lists:seq(1, 20)]]).

accept(L) -> {ok, S} = gen_tcp:accept(L), spawn_link(fun() -> receive go -> serve(S) end end) ! go, accept(L).

serve(S) ->
    case gen_tcp:recv(S, 0) of
        {ok, {http_request, M, U, V}} ->
            N = headers(S, 0),
            Body = case N of
                       0 -> <<>>;
                       _ -> inet:setopts(S, [{packet, raw}]), {ok, B} = gen_tcp:recv(S, N), inet:setopts(S, [{packet, http_bin}]), B
                   end,
            T = iolist_to_binary(io_lib:format("~p ~p ~p ~p", [M, U, V, Body])),
            ok = gen_tcp:send(S, ["HTTP/1.1 200 OK\r\nContent-Length: ", integer_to_list(byte_size(T)), "\r\n\r\n", T]),
            serve(S);
        {error, closed} -> ok
    end.

headers(S, N) ->
    case gen_tcp:recv(S, 0) of
        {ok, http_eoh} -> N;
        {ok, {http_header, _, 'Content-Length', _, V}} -> headers(S, binary_to_integer(V));
        {ok, _} -> headers(S, N)
    end.

ask(C, M, Path, Body) ->
    ok = gen_tcp:send(C, [M, " ", Path, " HTTP/1.1\r\nHost: h\r\n", ["Content-Length: " ++ integer_to_list(length(Body)) ++ "\r\n" || Body =/= ""], "\r\n", Body]),
    inet:setopts(C, [{packet, http_bin}]),
    answer(C).

answer(C) ->
    {ok, {http_response, {1, 1}, 200, <<"OK">>}} = gen_tcp:recv(C, 0),
    N = headers(C, 0),
    inet:setopts(C, [{packet, raw}]),
    {ok, B} = gen_tcp:recv(C, N),
    inet:setopts(C, [{packet, http_bin}]),
    B.
