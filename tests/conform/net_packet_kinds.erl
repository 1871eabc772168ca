%% each kind of packet there and back, whole and byte by byte, passive and active
-module(net_packet_kinds).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}, {nodelay, true}]),
    {ok, P} = inet:port(L),
    [[io:format("~0p ~0p ~0p: ~0p~n", [K, How, M, kind(L, P, K, Bytes, How, M)]) || How <- [whole, bytes], M <- [false, once, true, 2]]
     || {K, Bytes} <- kinds()].

kinds() ->
    [{1, [<<0>>, <<3, "abc">>, <<1, "d">>]},
     {2, [<<0, 3, "abc">>, <<0, 0>>, <<0, 1, "d">>]},
     {4, [<<0, 0, 0, 0>>, <<0, 0, 0, 3, "abc">>]},
     {asn1, [<<48, 3, "abc">>, <<31, 129, 2, 2, "de">>, <<4, 129, 1, "x">>, <<5, 0>>]},
     {sunrm, [<<128, 0, 0, 2, "ab">>, <<0, 0, 0, 1, "c">>]},
     {cdr, [<<"GIOP", 1, 0, 0, 0, 0, 0, 0, 1, "x">>, <<"GIOP", 1, 0, 1, 0, 2, 0, 0, 0, "yz">>]},
     {fcgi, [<<1, 2, 0, 1, 0, 2, 1, 0, "zzp">>]},
     {tpkt, [<<3, 0, 0, 6, "qr">>, <<3, 0, 0, 4>>]},
     {line, [<<"one\n">>, <<"\n">>, <<"two\r\n">>]},
     {http, [<<"GET /a?b HTTP/1.1\r\n">>, <<"Host: x\r\n">>, <<"X-Y:  z \r\n">>, <<"\r\n">>]},
     {http_bin, [<<"HTTP/1.0 404 Not there\r\n">>, <<"content-length: 0\r\n">>, <<"\r\n">>]},
     {httph, [<<"accept: *\r\n">>, <<"\r\n">>]},
     {httph_bin, [<<"Foo-bar: baz\r\n">>, <<"\r\n">>]},
     {ssl_tls, [<<22, 3, 1, 0, 2, "ab">>, <<23, 3, 3, 0, 1, "c">>]}].

kind(L, P, K, Bytes, How, M) ->
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}, {nodelay, true}]),
    {ok, S} = gen_tcp:accept(L),
    ok = inet:setopts(S, [{packet, K}]),
    M =/= false andalso (ok = inet:setopts(S, [{active, M}])),
    case How of
        whole -> ok = gen_tcp:send(C, Bytes);
        bytes -> [ok = gen_tcp:send(C, [B]) || <<B>> <= iolist_to_binary(Bytes)]
    end,
    R = [take(S, M) || _ <- Bytes],
    gen_tcp:close(C),
    gen_tcp:close(S),
    flush(),
    R.

flush() -> receive _ -> flush() after 0 -> ok end.

take(S, false) -> {ok, D} = gen_tcp:recv(S, 0, 2000), plain(D, S);
take(S, M) ->
    receive
        {tcp_passive, S} -> ok = inet:setopts(S, [{active, M}]), take(S, M);
        T when element(2, T) =:= S ->
            M =:= once andalso inet:setopts(S, [{active, once}]),
            plain(T, S);
        T when element(1, T) =:= ssl_tls -> M =:= once andalso inet:setopts(S, [{active, once}]), plain(T, S)
    after 2000 -> nothing
    end.

plain(T, S) when is_tuple(T) -> list_to_tuple([case X of S -> socket; _ -> X end || X <- tuple_to_list(T)]);
plain(D, _) -> D.
