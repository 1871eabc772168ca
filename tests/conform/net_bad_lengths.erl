%% Packets whose lengths are wrong, too large or never filled, in passive and active mode
-module(net_bad_lengths).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    [begin
         io:format("~p ~p: ~p~n", [O, cut(B), passive(L, P, O, B)]),
         io:format("  active: ~p~n", [active(L, P, O, B)])
     end || {O, B} <- cases()],
    gen_tcp:close(L).

cut(B) -> binary:part(B, 0, min(12, byte_size(B))).

cases() ->
    [{[{packet, 1}], <<5, "abc">>}, {[{packet, 1}, {packet_size, 3}], <<4, "abcd">>},
     {[{packet, 2}], <<0, 3, "abcd">>}, {[{packet, 2}, {packet_size, 2}], <<0, 3, "abc">>},
     {[{packet, 4}], <<0, 0, 0, 0, 0, 0, 0, 1, "a">>}, {[{packet, 4}], <<255, 255, 255, 255, "a">>},
     {[{packet, 4}], <<8, 0, 0, 0, "a">>}, {[{packet, 4}, {packet_size, 10}], <<0, 0, 0, 11, "12345678901">>},
     {[{packet, asn1}], <<48, 3, "abc">>}, {[{packet, asn1}], <<48, 132, 255, 255, 255, 255, 0>>},
     {[{packet, asn1}], <<31, 255, 255>>}, {[{packet, sunrm}], <<128, 0, 0, 2, "ab">>},
     {[{packet, cdr}], <<"GIOP", 1, 0, 0, 0, 0, 0, 0, 1, "x">>}, {[{packet, cdr}], <<"NOPE", 1, 0, 0, 0, 0, 0, 0, 1, "x">>},
     {[{packet, fcgi}], <<1, 0, 0, 0, 0, 1, 0, 0, "z">>}, {[{packet, fcgi}], <<9, 0, 0, 0, 0, 1, 0, 0, "z">>},
     {[{packet, tpkt}], <<3, 0, 0, 5, "q">>}, {[{packet, tpkt}], <<3, 0, 0, 1, "q">>}, {[{packet, tpkt}], <<4, 0, 0, 5, "q">>},
     {[{packet, line}], <<"no end">>}, {[{packet, line}, {packet_size, 4}], <<"longer\n">>},
     {[{packet, line}, {recbuf, 4096}, {buffer, 8}], <<"longer than it\nb\n">>},
     {[{packet, line}, {line_delimiter, $;}], <<"a;b;c">>},
     {[{packet, http}], <<"nonsense\r\n">>}, {[{packet, http}], <<"GET / HTTP/1.1\r\nA: b">>},
     {[{packet, http_bin}, {packet_size, 8}], <<"GET /long HTTP/1.1\r\n">>},
     {[{packet, httph_bin}], <<"Host: a\r\nB c\r\n\r\n">>}, {[{packet, ssl_tls}], <<22, 3, 1, 0, 2, "ab">>},
     {[{packet, ssl_tls}], <<99, 3, 1, 0, 2, "ab">>}].

pair(L, P, O) ->
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}]),
    {ok, S} = gen_tcp:accept(L),
    ok = inet:setopts(S, O),
    {C, S}.

passive(L, P, O, B) ->
    {C, S} = pair(L, P, O),
    ok = gen_tcp:send(C, B),
    ok = gen_tcp:shutdown(C, write),
    R = take(S),
    gen_tcp:close(S),
    gen_tcp:close(C),
    R.

take(S) ->
    case gen_tcp:recv(S, 0, 2000) of
        {ok, D} -> [plain(D, S) | take(S)];
        Error -> [Error]
    end.

active(L, P, O, B) ->
    {C, S} = pair(L, P, O),
    ok = gen_tcp:send(C, B),
    ok = gen_tcp:shutdown(C, write),
    ok = inet:setopts(S, [{active, true}]),
    R = told(S),
    gen_tcp:close(S),
    gen_tcp:close(C),
    R.

told(S) ->
    receive
        {tcp_closed, S} -> [closed];
        {tcp_error, S, R} -> [{error, R} | told(S)];
        {ssl_tls, S, A, B, D} -> [{A, B, D} | told(S)];
        {_, S, D} -> [plain(D, S) | told(S)]
    after 2000 -> [nothing]
    end.

plain(T, S) when is_tuple(T) -> list_to_tuple([case X of S -> socket; _ -> X end || X <- tuple_to_list(T)]);
plain(D, _) -> D.
