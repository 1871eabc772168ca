%% Ends that do not speak TLS, or break off
-module(tls_garbage).
-export([main/0]).

main() ->
    logger:set_primary_config(level, none),
    {ok, _} = application:ensure_all_started(ssl),
    #{server_config := S, client_config := C} = certs(),
    [version(V, S, C) || V <- ['tlsv1.2', 'tlsv1.3']],
    wrong().

certs() ->
    public_key:pkix_test_data(
      #{server_chain => #{root => [{key, {namedCurve, secp256r1}}], intermediates => [],
                          peer => [{key, {namedCurve, secp256r1}}]},
        client_chain => #{root => [{key, {namedCurve, secp256r1}}], intermediates => [],
                          peer => [{key, {namedCurve, secp256r1}}]}}).

version(V, S, C) ->
    io:format("~p~n", [V]),
    [io:format("to server ~p: ~p~n", [N, server([{versions, [V]} | S], B)])
     || {N, B} <- [{empty, <<>>}, {http, <<"GET / HTTP/1.0\r\n\r\n">>}, {zeros, binary:copy(<<0>>, 100)},
                   {half, <<22, 3, 1, 0, 100, 1, 0>>}, {alert, <<21, 3, 3, 0, 2, 2, 40>>},
                   {warning, <<21, 3, 3, 0, 2, 1, 0>>}, {long, <<22, 3, 1, 255, 255, 0:800>>},
                   {hello, <<22, 3, 1, 0, 4, 1, 0, 0, 0>>}, {data, <<23, 3, 3, 0, 5, "hello">>}]],
    [io:format("to client ~p: ~p~n", [N, client([{versions, [V]} | C], B)])
     || {N, B} <- [{empty, <<>>}, {http, <<"HTTP/1.1 400 Bad Request\r\n\r\n">>},
                   {alert, <<21, 3, 3, 0, 2, 2, 40>>}, {unknown, <<21, 3, 3, 0, 2, 2, 99>>},
                   {close, <<21, 3, 3, 0, 2, 1, 0>>}, {hello, <<22, 3, 3, 0, 4, 2, 0, 0, 0>>}]].

short({error, {tls_alert, {Kind, Text}}}) -> {alert, Kind, lists:flatten(string:replace(Text, "\n", "", all))};
short({ok, _}) -> ok;
short(Other) -> Other.

server(S, Bytes) ->
    {ok, L} = ssl:listen(0, [{ip, {127, 0, 0, 1}}, {active, false} | S]),
    {ok, {_, Port}} = ssl:sockname(L),
    {_, M} = spawn_monitor(fun() ->
        {ok, T} = ssl:transport_accept(L),
        exit({shutdown, short(ssl:handshake(T, 5000))})
    end),
    {ok, K} = gen_tcp:connect({127, 0, 0, 1}, Port, [binary, {active, false}]),
    _ = gen_tcp:send(K, Bytes),
    gen_tcp:shutdown(K, write),
    Said = receive {'DOWN', M, _, _, {shutdown, R}} -> R end,
    gen_tcp:close(K),
    ssl:close(L),
    Said.

client(C, Bytes) ->
    {ok, L} = gen_tcp:listen(0, [binary, {active, false}, {ip, {127, 0, 0, 1}}]),
    {ok, Port} = inet:port(L),
    spawn_link(fun() ->
        {ok, K} = gen_tcp:accept(L),
        {ok, _} = gen_tcp:recv(K, 0),
        gen_tcp:send(K, Bytes),
        gen_tcp:shutdown(K, write),
        gen_tcp:recv(K, 0)
    end),
    R = short(ssl:connect({127, 0, 0, 1}, Port, [{verify, verify_none} | C], 5000)),
    gen_tcp:close(L),
    R.

wrong() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}]),
    {ok, Port} = inet:port(L),
    io:format("~p~n", [ssl:connect({127, 0, 0, 1}, Port, [{verify, verify_none}], 50)]),
    gen_tcp:close(L),
    io:format("~p~n", [ssl:connect({127, 0, 0, 1}, Port, [{verify, verify_none}], 5000)]),
    [io:format("~p~n", [catch ssl:connect({127, 0, 0, 1}, Port, O, 5000)])
     || O <- [[{versions, [tls7]}], [{verify, maybe}], [{cacertfile, "/none.pem"}, {verify, verify_peer}],
              [{certfile, "/none.pem"}], [{active, 7.0}], [{ciphers, []}]]],
    io:format("~p~n", [ssl:listen(0, [])]),
    [io:format("~ts~n", [ssl:format_error(E)])
     || E <- [closed, timeout, econnrefused, {tls_alert, {unknown_ca, "text"}}, {options, {versions, [tls7]}}]].
