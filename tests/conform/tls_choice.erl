%% What TLS ends agree on: ALPN, server names, versions, cipher suites, groups
-module(tls_choice).
-export([main/0]).

main() ->
    logger:set_primary_config(level, none),
    {ok, _} = application:ensure_all_started(ssl),
    #{server_config := S, client_config := C} = certs(),
    [alpn(V, S, C) || V <- ['tlsv1.2', 'tlsv1.3']],
    [names(V, S, C) || V <- ['tlsv1.2', 'tlsv1.3']],
    io:format("~p~n", [[{A, B, pair([{versions, A} | S], [{versions, B} | C], [protocol])}
                        || {A, B} <- [{['tlsv1.2'], ['tlsv1.3', 'tlsv1.2']},
                                      {['tlsv1.3', 'tlsv1.2'], ['tlsv1.2']},
                                      {['tlsv1.3', 'tlsv1.2'], ['tlsv1.3', 'tlsv1.2']},
                                      {['tlsv1.2'], ['tlsv1.3']}, {['tlsv1.3'], ['tlsv1.2']},
                                      {['tlsv1.1'], ['tlsv1.1']}, {['tlsv1'], ['tlsv1.1', tlsv1]}]]]),
    [suite(V, X, S, C) || V <- ['tlsv1.2', 'tlsv1.3'],
                          X <- ssl:filter_cipher_suites(ssl:cipher_suites(all, V), [])],
    [group(V, G, S, C) || V <- ['tlsv1.2', 'tlsv1.3'], G <- [x25519, x448, secp256r1, secp384r1, secp521r1]].

certs() ->
    public_key:pkix_test_data(
      #{server_chain => #{root => [{key, {namedCurve, secp256r1}}], intermediates => [],
                          peer => [{key, {namedCurve, secp256r1}}]},
        client_chain => #{root => [{key, {namedCurve, secp256r1}}], intermediates => [],
                          peer => [{key, {namedCurve, secp256r1}}]}}).

%% What both ends of a connection made with these options say.
pair(S, C, Items) ->
    {ok, L} = ssl:listen(0, [binary, {active, false}, {ip, {127, 0, 0, 1}} | S]),
    {ok, {_, Port}} = ssl:sockname(L),
    Me = self(),
    Pid = spawn_link(fun() ->
        {ok, T} = ssl:transport_accept(L),
        Said = case ssl:handshake(T, 5000) of
                   {ok, X} -> I = info(X, Items), ssl:recv(X, 0), ssl:close(X), I;
                   Error -> Error
               end,
        Me ! {self(), Said}
    end),
    Client = case ssl:connect({127, 0, 0, 1}, Port, [binary, {active, false}, {verify, verify_none} | C], 5000) of
                 {ok, K} -> J = info(K, Items), ssl:close(K), J;
                 Error -> Error
             end,
    Server = receive {Pid, Said} -> Said end,
    ssl:close(L),
    {short(Client), short(Server)}.

info(X, Items) ->
    {ok, I} = ssl:connection_information(X, Items),
    {I, ssl:negotiated_protocol(X)}.

short({error, {tls_alert, {Kind, _}}}) -> {alert, Kind};
short(Other) -> Other.

alpn(V, S, C) ->
    Vs = {versions, [V]},
    [io:format("~p ~p ~p~n", [A, B, pair([Vs, {alpn_preferred_protocols, A} | S],
                                         [Vs, {alpn_advertised_protocols, B} | C], [protocol])])
     || {A, B} <- [{[<<"h2">>, <<"http/1.1">>], [<<"http/1.1">>, <<"h2">>]},
                   {[<<"http/1.1">>], [<<"h2">>, <<"http/1.1">>]},
                   {[<<"h2">>], [<<"spdy">>]}]],
    io:format("~p~n", [pair([Vs | S], [Vs, {alpn_advertised_protocols, [<<"h2">>]} | C], [protocol])]).

names(V, S, C) ->
    Vs = {versions, [V]},
    #{server_config := Other} = certs(),
    Me = self(),
    Fun = fun("fun.example") -> Me ! {asked, "fun.example"}, Other; (Name) -> Me ! {asked, Name}, undefined end,
    [begin
         io:format("~p ~p~n", [N, pair([Vs, {sni_fun, Fun} | S], [Vs, {server_name_indication, N} | C],
                                       [sni_hostname])]),
         receive {asked, A} -> io:format("asked ~p~n", [A]) after 0 -> io:format("not asked~n") end
     end || N <- ["fun.example", "other.example", disable]],
    Hosts = {sni_hosts, [{"a.example", Other}]},
    [io:format("~p ~p~n", [N, pair([Vs, Hosts | S], [Vs, {server_name_indication, N} | C], [sni_hostname])])
     || N <- ["a.example", "b.example"]].

suite(V, Suite, S, C) ->
    O = [{versions, [V]}, {ciphers, [Suite]}],
    case Suite of
        #{key_exchange := X} when X =:= any; X =:= ecdhe_ecdsa ->
            {A, B} = pair(O ++ S, O ++ C, [selected_cipher_suite]),
            io:format("~s ~p ~p~n", [ssl:suite_to_str(Suite), A =:= B, B]);
        _ -> ok
    end.

group(V, G, S, C) ->
    O = case V of
            'tlsv1.3' -> [{supported_groups, [G]}];
            _ -> case lists:member(G, [x25519, x448]) of true -> none; false -> [{eccs, [secp256r1, G]}] end
        end,
    case O of
        none -> ok;
        _ -> io:format("~p ~p ~p~n", [V, G, pair([{versions, [V]} | O] ++ S, [{versions, [V]} | O] ++ C,
                                                 [protocol, ecc])])
    end.
