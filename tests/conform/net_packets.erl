%% packets with heads: 1, 2, 4, and others' formats
-module(net_packets).
-export([main/0]).

pair(Type, More) ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}, {packet, Type} | More]),
    {ok, S} = gen_tcp:accept(L),
    gen_tcp:close(L),
    {C, S}.

try_one(Type, Bytes) -> try_one(Type, Bytes, []).
try_one(Type, Bytes, More) ->
    {C, S} = pair(Type, More),
    ok = gen_tcp:send(S, Bytes),
    gen_tcp:shutdown(S, write),
    io:format("~p ~p: ~p~n", [Type, More, all(C)]),
    gen_tcp:close(S),
    gen_tcp:close(C).

all(C) ->
    case gen_tcp:recv(C, 0) of
        {ok, B} -> [B | all(C)];
        {error, R} -> [R]
    end.

main() ->
    try_one(1, <<0, 1, $a, 3, "abc", 9, "cut">>),
    try_one(2, <<0, 0, 0, 2, "xy", 0, 5, "cu">>),
    try_one(4, <<0, 0, 0, 3, "abc", 0, 0, 0, 0, 0, 0>>),
    try_one(4, <<16#7f, 255, 255, 255, 1>>),
    try_one(4, <<255, 255, 255, 255, 1>>),
    try_one(4, <<0, 0, 0, 9, "123456789">>, [{packet_size, 8}]),
    try_one(4, <<0, 0, 0, 8, "12345678">>, [{packet_size, 8}]),
    try_one(line, <<"one\ntwo\r\n\nrest">>),
    try_one(line, <<"one;two;rest">>, [{line_delimiter, $;}]),
    try_one(line, <<(binary:copy(<<"x">>, 100))/binary, "\ny\n">>, [{buffer, 32}]),
    try_one(line, <<(binary:copy(<<"x">>, 100))/binary, "\ny\n">>, [{packet_size, 50}]),
    try_one(asn1, <<16#30, 3, 1, 2, 3, 16#30, 16#82, 0, 2, 7, 7, 16#30>>),
    try_one(sunrm, <<16#80, 0, 0, 2, "ab", 0, 0, 0, 1, "c">>),
    try_one(cdr, <<"GIOP", 1, 2, 0, 0, 0, 0, 0, 3, "abc", "GIOP", 1, 2, 1, 0, 2, 0, 0, 0, "xy">>),
    try_one(cdr, <<"GOOP", 1, 2, 0, 0, 0, 0, 0, 3, "abc">>),
    try_one(fcgi, <<1, 1, 0, 1, 0, 3, 2, 0, "abc", "pp">>),
    try_one(fcgi, <<2, 1, 0, 1, 0, 3, 2, 0, "abc", "pp">>),
    try_one(tpkt, <<3, 0, 0, 7, "abc", 3, 0, 0, 4>>),
    try_one(tpkt, <<4, 0, 0, 7, "abc">>),
    try_one(0, <<"raw">>),
    try_one(raw, <<"raw">>),
    {C, S} = pair(2, []),
    inet:setopts(S, [{packet, 2}]),
    [ok = gen_tcp:send(S, binary:copy(<<"z">>, N)) || N <- [0, 1, 1000, 65535]],
    io:format("~p~n", [[begin {ok, B} = gen_tcp:recv(C, 0), byte_size(B) end || _ <- [1, 2, 3, 4]]]),
    inet:setopts(S, [{packet, 4}]), inet:setopts(C, [{packet, 4}]),
    spawn_link(fun() -> [ok = gen_tcp:send(S, binary:copy(<<"z">>, N)) || N <- [0, 1, 100000, 3000000]] end),
    io:format("~p~n", [[begin {ok, B} = gen_tcp:recv(C, 0), byte_size(B) end || _ <- [1, 2, 3, 4]]]),
    io:format("~p~n", [gen_tcp:recv(C, 5)]).
