%% TLS 1.2 and 1.3 over loopback: kinds of delivery, sizes, packets
-module(tls_echo).
-export([main/0]).

main() ->
    logger:set_primary_config(level, none),
    {ok, _} = application:ensure_all_started(ssl),
    #{server_config := S, client_config := C} = certs(),
    [version(V, S, C) || V <- ['tlsv1.2', 'tlsv1.3']].

certs() ->
    public_key:pkix_test_data(
      #{server_chain => #{root => [{key, {namedCurve, secp256r1}}], intermediates => [],
                          peer => [{key, {namedCurve, secp256r1}}]},
        client_chain => #{root => [{key, {namedCurve, secp256r1}}], intermediates => [],
                          peer => [{key, {namedCurve, secp256r1}}]}}).

version(V, S, C) ->
    io:format("~p~n", [V]),
    {ok, L} = ssl:listen(0, [binary, {active, false}, {versions, [V]}, {ip, {127, 0, 0, 1}} | S]),
    {ok, {_, Port}} = ssl:sockname(L),
    {_, Monitor} = spawn_monitor(fun() -> serve(L) end),
    Options = [binary, {active, false}, {versions, [V]}, {verify, verify_peer},
               {server_name_indication, disable} | C],
    {ok, K} = ssl:connect({127, 0, 0, 1}, Port, Options),
    {ok, Info} = ssl:connection_information(K, [protocol, selected_cipher_suite, session_resumption]),
    io:format("~p~n", [Info]),
    [passive(K, N) || N <- [1, 2, 255, 4096, 16384, 16385, 100000]],
    ok = ssl:send(K, []),
    ok = ssl:send(K, [<<"a">>, ["bc", <<>>], $d]),
    io:format("~p~n", [ssl:recv(K, 4)]),
    io:format("~p~n", [ssl:recv(K, 1, 10)]),
    once(K), all(K), counted(K), lists(K), packets(K), lines(K),
    io:format("~p~n", [ssl:getopts(K, [active, mode, packet, nodelay])]),
    {ok, {{127, 0, 0, 1}, Port}} = ssl:peername(K),
    {ok, Der} = ssl:peercert(K),
    io:format("~p~n", [Der =:= proplists:get_value(cert, S)]),
    ok = ssl:close(K),
    receive {'DOWN', Monitor, _, _, R} -> io:format("server ~p~n", [R]) end,
    ok = ssl:close(L).

serve(L) ->
    {ok, T} = ssl:transport_accept(L),
    {ok, X} = ssl:handshake(T),
    echo(X).

echo(X) ->
    case ssl:recv(X, 0) of
        {ok, B} -> ok = ssl:send(X, B), echo(X);
        {error, E} -> exit({shutdown, E})
    end.

passive(K, N) ->
    B = binary:copy(<<"x">>, N),
    ok = ssl:send(K, B),
    {ok, B} = ssl:recv(K, N),
    io:format("~b bytes~n", [N]).

once(K) ->
    ok = ssl:setopts(K, [{active, once}]),
    ok = ssl:send(K, <<"once">>),
    receive {ssl, K, M} -> io:format("once ~p ~p~n", [M, ssl:getopts(K, [active])]) end.

all(K) ->
    ok = ssl:setopts(K, [{active, true}]),
    ok = ssl:send(K, binary:copy(<<"y">>, 50000)),
    io:format("all ~b~n", [gather(K, 50000)]),
    ok = ssl:setopts(K, [{active, false}]).

gather(_, 0) -> 0;
gather(K, N) -> receive {ssl, K, B} -> byte_size(B) + gather(K, N - byte_size(B)) end.

counted(K) ->
    ok = ssl:setopts(K, [{active, 1}]),
    ok = ssl:send(K, <<"counted">>),
    receive {ssl, K, M} -> io:format("counted ~p~n", [M]) end,
    receive {ssl_passive, K} -> io:format("passive~n") end.

lists(K) ->
    ok = ssl:setopts(K, [{mode, list}]),
    ok = ssl:send(K, "list"),
    io:format("~p~n", [ssl:recv(K, 4)]),
    ok = ssl:setopts(K, [{mode, binary}]).

packets(K) ->
    [begin
         ok = ssl:setopts(K, [{packet, P}]),
         ok = ssl:send(K, <<"packet">>),
         ok = ssl:send(K, <<>>),
         io:format("~p ~p ~p~n", [P, ssl:recv(K, 0), ssl:recv(K, 0)])
     end || P <- [1, 2, 4]],
    ok = ssl:setopts(K, [{packet, raw}]).

lines(K) ->
    ok = ssl:setopts(K, [{packet, line}]),
    ok = ssl:send(K, <<"one\ntwo\n">>),
    io:format("~p ~p~n", [ssl:recv(K, 0), ssl:recv(K, 0)]),
    ok = ssl:setopts(K, [{packet, raw}]).
