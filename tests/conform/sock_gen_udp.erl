%% gen_udp over module socket: modes, options, errors, connected, closed
-module(sock_gen_udp).
-export([main/0]).

main() ->
    Lo = {127, 0, 0, 1},
    O = [{inet_backend, socket}, {ip, Lo}, binary],
    {ok, U} = gen_udp:open(0, O ++ [{active, false}]),
    {ok, V} = gen_udp:open(0, O),
    {ok, PU} = inet:port(U),
    {ok, PV} = inet:port(V),
    io:format("~0p~n", [[gen_udp:send(V, Lo, PU, "hello"), gen_udp:recv(U, 0, 1000) =:= {ok, {Lo, PV, <<"hello">>}}]]),
    io:format("~0p~n", [[gen_udp:send(U, Lo, PV, ["io", <<"list">>]), receive {udp, V, Lo, PU, D} -> D after 1000 -> nothing end]]),
    io:format("~0p~n", [[gen_udp:recv(U, 0, T) || T <- [0, 10]]]),
    io:format("~0p~n", [[gen_udp:send(V, Lo, PU, <<>>), element(3, element(2, gen_udp:recv(U, 0, 1000)))]]),
    io:format("~0p~n", [[gen_udp:send(V, Lo, PU, binary:copy(<<1>>, N)) || N <- [65507, 65508]]]),
    ok = gen_udp:close(U),
    {ok, W} = gen_udp:open(0, O ++ [{active, once}]),
    {ok, PW} = inet:port(W),
    [ok = gen_udp:send(V, Lo, PW, [I]) || I <- "ab"],
    io:format("~0p~n", [receive {udp, W, _, PV, D1} -> D1 after 1000 -> nothing end]),
    io:format("~0p~n", [inet:getopts(W, [active])]),
    ok = inet:setopts(W, [{active, 1}]),
    io:format("~0p~n", [[receive {udp, W, _, PV, D2} -> D2 after 1000 -> nothing end, receive {udp_passive, W} -> passive after 1000 -> nothing end]]),
    io:format("~0p~n", [[gen_udp:connect(W, Lo, PV), gen_udp:send(W, "connected"), receive {udp, V, _, PW, D3} -> D3 after 1000 -> nothing end, inet:peername(W) =:= {ok, {Lo, PV}}]]),
    io:format("~0p~n", [[element(1, inet:getopts(W, [X])) || X <- [active, mode, recbuf, broadcast, reuseaddr, header]]]),
    io:format("~0p~n", [[try gen_udp:send(V, H, X, "x") catch E:R -> {E, R} end || {H, X} <- [{Lo, 0}, {"no.such.host.invalid", 5}, {{1, 2, 3}, 5}]]]),
    [ok = gen_udp:close(X) || X <- [V, W]],
    io:format("~0p~n", [[gen_udp:recv(W, 0, 10), gen_udp:send(W, "x"), inet:port(W), gen_udp:close(W)]]).
