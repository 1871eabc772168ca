%% nothing and much: empty packets, packets of megabytes, iolists of many parts, in both directions
-module(net_empty_messages).
-export([main/0]).

main() -> [backend(B, K) || B <- [inet, socket], K <- [1, 2, 4]], huge(inet), huge(socket).

pair(B, O1) ->
    O = [{inet_backend, B}, binary, {active, false}, {ip, {127, 0, 0, 1}} | O1],
    {ok, L} = gen_tcp:listen(0, O),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, O),
    {ok, S} = gen_tcp:accept(L),
    gen_tcp:close(L),
    {C, S}.

backend(B, K) ->
    {C, S} = pair(B, [{packet, K}]),
    [ok = gen_tcp:send(C, D) || D <- [<<>>, [], [[], [<<>>]], <<"a">>, <<>>]],
    R1 = [gen_tcp:recv(S, 0, 1000) || _ <- [1, 2, 3, 4, 5]],
    ok = inet:setopts(S, [{active, true}, {mode, list}]),
    [ok = gen_tcp:send(C, D) || D <- [<<>>, <<"b">>, <<>>]],
    R2 = [receive {tcp, S, D} -> D after 1000 -> nothing end || _ <- [1, 2, 3]],
    ok = gen_tcp:send(C, <<>>),
    ok = gen_tcp:close(C),
    R3 = [receive {tcp, S, D} -> D; {tcp_closed, S} -> closed after 1000 -> nothing end || _ <- [1, 2]],
    io:format("~0p ~0p: ~0p ~0p ~0p~n", [B, K, R1, R2, R3]),
    gen_tcp:close(S).

huge(B) ->
    {C, S} = pair(B, [{packet, 4}]),
    Me = self(),
    Big = binary:copy(<<"0123456789abcdef">>, 200000),
    Parts = [[<<I:32>>, binary:copy(<<I>>, I rem 700), [I rem 256]] || I <- lists:seq(1, 8000)],
    Deep = lists:foldl(fun(I, A) -> [A, I rem 256] end, [], lists:seq(1, 100000)),
    Improper = [1, 2, [3 | <<"4">>] | <<"5">>],
    spawn_link(fun() -> [ok = gen_tcp:send(C, D) || D <- [Big, Parts, Deep, Improper, [Big | Big]]], Me ! sent end),
    R = [begin {ok, D} = gen_tcp:recv(S, 0, 20000), D end || _ <- lists:seq(1, 5)],
    receive sent -> ok end,
    io:format("~0p ~0p~n", [B, [X =:= iolist_to_binary(Y) || {X, Y} <- lists:zip(R, [Big, Parts, Deep, Improper, [Big | Big]])]]),
    ok = inet:setopts(S, [{active, once}]),
    spawn_link(fun() -> ok = gen_tcp:send(C, Big) end),
    receive {tcp, S, D} -> io:format("~0p~n", [D =:= Big]) after 10000 -> io:format("nothing~n") end,
    gen_tcp:close(C),
    gen_tcp:close(S).
