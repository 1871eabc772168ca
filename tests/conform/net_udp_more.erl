%% datagrams: sizes, truncation, connected sockets, modes, wrong destinations
-module(net_udp_more).
-export([main/0]).

main() ->
    Lo = {127, 0, 0, 1},
    {ok, U} = gen_udp:open(0, [{ip, Lo}, binary, {active, false}]),
    {ok, V} = gen_udp:open(0, [{ip, Lo}, binary, {active, false}]),
    {ok, PU} = inet:port(U),
    {ok, PV} = inet:port(V),
    [io:format("~0p: ~0p ~0p~n", [N, gen_udp:send(V, Lo, PU, binary:copy(<<"d">>, N)), size_of(gen_udp:recv(U, 0, 50))]) || N <- [0, 1, 8191, 8192, 8193, 20000, 65507, 65508, 100000]],
    ok = inet:setopts(U, [{recbuf, 100000}]),
    [io:format("~0p: ~0p ~0p~n", [N, gen_udp:send(V, Lo, PU, binary:copy(<<"d">>, N)), size_of(gen_udp:recv(U, 0, 50))]) || N <- [8193, 65507]],
    ok = inet:setopts(U, [{buffer, 10}]),
    [io:format("~0p: ~0p~n", [M, begin ok = inet:setopts(U, [{mode, M}]), ok = gen_udp:send(V, Lo, PU, "0123456789abc"), {ok, {_, _, D}} = gen_udp:recv(U, 0, 500), D end]) || M <- [binary, list]],
    ok = gen_udp:send(V, Lo, PU, "short"),
    io:format("~0p~n", [size_of(gen_udp:recv(U, 3, 500))]),
    ok = inet:setopts(U, [{mode, binary}, {buffer, 1000}]),
    ok = gen_udp:send(V, Lo, PU, "longer than asked"),
    io:format("~0p ~0p~n", [size_of(gen_udp:recv(U, 3, 500)), gen_udp:recv(U, 0, 0)]),
    io:format("~0p~n", [[gen_udp:recv(U, 0, 10), t(fun() -> gen_udp:recv(U, -1, 0) end), t(fun() -> gen_udp:recv(U, 0, foo) end)]]),
    %% Connected: only from there, only to there.
    {ok, W} = gen_udp:open(0, [{ip, Lo}, binary, {active, false}]),
    {ok, PW} = inet:port(W),
    io:format("~0p~n", [[inet:peername(U), gen_udp:connect(U, Lo, PV), inet:peername(U) =:= {ok, {Lo, PV}}, gen_udp:send(U, "connected")]]),
    io:format("~0p~n", [size_of(gen_udp:recv(V, 0, 500))]),
    ok = gen_udp:send(W, Lo, PU, "stranger"),
    ok = gen_udp:send(V, Lo, PU, "friend"),
    io:format("~0p~n", [element(3, element(2, gen_udp:recv(U, 0, 500)))]),
    io:format("~0p~n", [gen_udp:recv(U, 0, 20)]),
    io:format("~0p~n", [gen_udp:connect(U, Lo, PW)]),
    ok = gen_udp:send(U, "to w"),
    io:format("~0p~n", [size_of(gen_udp:recv(W, 0, 500))]),
    gen_udp:close(W),
    io:format("~0p~n", [[gen_udp:send(U, "gone"), gen_udp:recv(U, 0, 500), gen_udp:send(U, "gone")]]),
    %% Active and refused.
    ok = inet:setopts(U, [{active, true}]),
    io:format("~0p~n", [[receive {udp_error, U, R} -> R after 500 -> nothing end, gen_udp:send(U, "again"), receive {udp_error, U, R2} -> R2 after 500 -> nothing end]]),
    io:format("~0p~n", [inet:getopts(U, [active])]),
    io:format("~0p~n", [[t(fun() -> gen_udp:send(V, H, X, "x") end) || {H, X} <- [{Lo, 0}, {Lo, 65536}, {Lo, -1}, {"no.such.host.invalid", 5}, {{1, 2, 3}, 5}, {foo, bar}, {<<"x">>, 5}]]]),
    io:format("~0p~n", [[t(fun() -> gen_udp:send(V, Lo, PU, D) end) || D <- [foo, [a], [256]]]]),
    io:format("~0p~n", [gen_udp:send(V, "x")]),
    {ok, X} = gen_udp:open(0, [{ip, Lo}, {active, once}]),
    {ok, PX} = inet:port(X),
    [ok = gen_udp:send(V, Lo, PX, [I]) || I <- "abc"],
    io:format("~0p~n", [receive {udp, X, Lo, PV, D} -> D after 500 -> nothing end]),
    io:format("~0p~n", [receive {udp, X, Lo, PV, D1} -> D1 after 20 -> nothing end]),
    ok = inet:setopts(X, [{active, false}]),
    io:format("~0p~n", [[gen_udp:recv(X, 0, 500) =:= {ok, {Lo, PV, [I]}} || I <- "bc"]]),
    io:format("~0p~n", [gen_udp:open(PX, [{ip, Lo}])]),
    [gen_udp:close(S) || S <- [U, V, X]],
    io:format("~0p~n", [[gen_udp:send(U, Lo, PV, "x"), gen_udp:recv(U, 0), gen_udp:close(U), inet:port(U)]]).

t(F) -> try F() catch E:R -> {E, R} end.
size_of({ok, {_, _, D}}) when is_binary(D), byte_size(D) > 30 -> byte_size(D);
size_of({ok, {_, _, D}}) -> D;
size_of(R) -> R.
