%% packet_size: at the limit and one above it, of each kind
-module(net_packet_limits).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    [io:format("~0p ~0p ~0p: ~0p~n", [K, N, M, one(L, P, K, N, M, B)]) || {K, B} <- kinds(), N <- limits(K, B), M <- [passive, active]].

kinds() ->
    [{1, <<5, "abcde">>}, {2, <<0, 5, "abcde">>}, {4, <<0, 0, 0, 5, "abcde">>}, {asn1, <<48, 5, "abcde">>},
     {sunrm, <<128, 0, 0, 5, "abcde">>}, {cdr, <<"GIOP", 1, 0, 0, 0, 0, 0, 0, 5, "abcde">>},
     {fcgi, <<1, 2, 0, 1, 0, 5, 0, 0, "abcde">>}, {tpkt, <<3, 0, 0, 9, "abcde">>}, {line, <<"abcd\n">>},
     {http, <<"GET / HTTP/1.1\r\n\r\n">>}, {http_bin, <<"GET / HTTP/1.1\r\n\r\n">>}, {httph, <<"A: b\r\n\r\n">>},
     {ssl_tls, <<22, 3, 1, 0, 5, "abcde">>}, {raw, <<"abcde">>}].

limits(K, B) when K =:= http; K =:= http_bin -> [1, byte_size(B) - 3, byte_size(B) - 2, byte_size(B) - 1];
limits(_, B) -> lists:usort([4, 5, 6, byte_size(B) - 1, byte_size(B), 0]).

one(L, P, K, N, M, B) ->
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}]),
    {ok, S} = gen_tcp:accept(L),
    R = case inet:setopts(S, [{packet, K}, {packet_size, N}]) of
            ok ->
                ok = gen_tcp:send(C, B),
                ok = gen_tcp:shutdown(C, write),
                case M of
                    passive -> [take(S), take(S)];
                    active -> ok = inet:setopts(S, [{active, true}]), [told(S), told(S)]
                end;
            E -> E
        end,
    gen_tcp:close(C),
    gen_tcp:close(S),
    flush(),
    R.

flush() -> receive _ -> flush() after 0 -> ok end.

take(S) ->
    case gen_tcp:recv(S, 0, 2000) of
        {ok, T} when is_tuple(T) -> [X || X <- tuple_to_list(T), not is_port(X)];
        R -> R
    end.

told(S) ->
    receive
        {ssl_tls, _, A, B, D} -> {A, B, D};
        {T, S, D} when is_tuple(D) -> {T, element(1, D)};
        {T, S, D} -> {T, D};
        {T, S} -> T
    after 2000 -> nothing
    end.
