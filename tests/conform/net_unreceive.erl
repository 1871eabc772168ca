%% gen_tcp:unrecv: what was given back comes first, in every mode and kind of packet
-module(net_unreceive).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}]),
    {ok, S} = gen_tcp:accept(L),
    ok = gen_tcp:send(C, "abcdef"),
    io:format("~p~n", [[gen_tcp:recv(S, 4), gen_tcp:unrecv(S, <<"cd">>), gen_tcp:unrecv(S, "ab"), gen_tcp:recv(S, 6)]]),
    io:format("~p~n", [[gen_tcp:unrecv(S, "xy"), gen_tcp:recv(S, 0), gen_tcp:recv(S, 0, 0)]]),
    io:format("~p~n", [[gen_tcp:unrecv(S, ""), gen_tcp:recv(S, 0, 10), gen_tcp:unrecv(S, ["a", <<"b">>, [$c]]), gen_tcp:recv(S, 2), gen_tcp:recv(S, 1)]]),
    ok = inet:setopts(S, [{packet, 2}]),
    io:format("~p~n", [[gen_tcp:unrecv(S, <<0, 3, "pac">>), gen_tcp:recv(S, 0, 10), gen_tcp:send(C, "k"), gen_tcp:recv(S, 0, 1000)]]),
    io:format("~p~n", [[gen_tcp:unrecv(S, <<0, 3, "pac", 0, 1, "x">>), gen_tcp:recv(S, 0, 1000), gen_tcp:recv(S, 0, 1000)]]),
    ok = inet:setopts(S, [{packet, line}]),
    io:format("~p~n", [[gen_tcp:unrecv(S, "one\ntw"), gen_tcp:send(C, "o\n"), gen_tcp:recv(S, 0, 1000), gen_tcp:recv(S, 0, 1000)]]),
    ok = inet:setopts(S, [{packet, raw}]),
    ok = gen_tcp:unrecv(S, "before"),
    ok = inet:setopts(S, [{active, once}]),
    io:format("~p~n", [receive {tcp, S, D} -> D after 1000 -> nothing end]),
    ok = inet:setopts(S, [{active, once}]),
    io:format("~p~n", [gen_tcp:unrecv(S, "now")]),
    io:format("~p~n", [receive {tcp, S, D2} -> D2 after 30 -> nothing end]),
    ok = inet:setopts(S, [{active, false}]),
    io:format("~p~n", [gen_tcp:recv(S, 0, 30)]),
    %% A part of what was asked for is there: a time limit leaves it.
    io:format("~p~n", [[gen_tcp:unrecv(S, "12"), gen_tcp:recv(S, 3, 20), gen_tcp:unrecv(S, "0"), gen_tcp:recv(S, 3, 20)]]),
    ok = gen_tcp:close(C),
    io:format("~p~n", [[gen_tcp:unrecv(S, "left"), gen_tcp:recv(S, 3, 1000), gen_tcp:recv(S, 3, 1000), gen_tcp:unrecv(S, "late"), gen_tcp:recv(S, 0, 1000)]]),
    io:format("~p~n", [[gen_tcp:unrecv(L, "x"), catch gen_tcp:unrecv(S, foo), gen_tcp:close(S), gen_tcp:unrecv(S, "x")]]).
