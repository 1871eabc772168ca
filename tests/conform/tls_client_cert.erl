%% Certificates of clients, verification functions, chains, names of hosts
-module(tls_client_cert).
-export([main/0]).

main() ->
    logger:set_primary_config(level, none),
    {ok, _} = application:ensure_all_started(ssl),
    Conf = certs(),
    [version(V, Conf) || V <- ['tlsv1.2', 'tlsv1.3']].

key() -> [{key, {namedCurve, secp256r1}}].

certs() ->
    public_key:pkix_test_data(
      #{server_chain => #{root => key(), intermediates => [key()], peer => key()},
        client_chain => #{root => key(), intermediates => [key(), key()], peer => key()}}).

version(V, #{server_config := S, client_config := C}) ->
    Vs = {versions, [V]},
    Must = [Vs, {verify, verify_peer}, {fail_if_no_peer_cert, true} | S],
    May = [Vs, {verify, verify_peer}, {fail_if_no_peer_cert, false} | S],
    Peer = [Vs, {verify, verify_peer}, {server_name_indication, disable} | C],
    Nothing = [Vs, {verify, verify_none}],
    #{client_config := Stranger} = certs(),
    Strange = [Vs, {verify, verify_none} | Stranger],
    show(V, "both", pair(Must, Peer)),
    show(V, "no certificate, must", pair(Must, Nothing)),
    show(V, "no certificate, may", pair(May, Nothing)),
    show(V, "stranger", pair(May, Strange)),
    show(V, "server unknown", pair([Vs | S], [Vs, {verify, verify_peer} | lists:keyreplace(cacerts, 1, C, {cacerts, proplists:get_value(cacerts, Stranger)})])),
    show(V, "host name", pair([Vs | S], [Vs, {verify, verify_peer}, {server_name_indication, "no.example"} | C])),
    {ok, Host} = inet:gethostname(),
    show(V, "right host name", pair([Vs | S], [Vs, {verify, verify_peer}, {server_name_indication, Host} | C])),
    show(V, "depth", pair([Vs, {verify, verify_peer}, {fail_if_no_peer_cert, true}, {depth, 1} | S], Peer)),
    Me = self(),
    Fun = fun(_, {bad_cert, Reason}, State) -> Me ! {verify, bad, Reason}, {valid, State};
             (_, {extension, _}, State) -> {unknown, State};
             (_, Event, State) -> Me ! {verify, Event}, {valid, State}
          end,
    show(V, "function", pair([Vs | S], [Vs, {verify, verify_peer}, {verify_fun, {Fun, []}}, {server_name_indication, disable}
                                        | lists:keyreplace(cacerts, 1, C, {cacerts, proplists:get_value(cacerts, Stranger)})])),
    told(),
    Refuse = fun(_, {bad_cert, _} = Bad, _) -> {fail, Bad};
                (_, {extension, _}, State) -> {unknown, State};
                (_, valid, State) -> {valid, State};
                (_, valid_peer, _) -> {fail, not_this_one}
             end,
    show(V, "refused", pair([Vs | S], [Vs, {verify, verify_peer}, {verify_fun, {Refuse, []}}, {server_name_indication, disable} | C])).

told() -> receive M when element(1, M) =:= verify -> io:format("  ~p~n", [M]), told() after 0 -> ok end.

show(V, What, {Client, Server}) -> io:format("~p ~s~n  client ~p~n  server ~p~n", [V, What, Client, Server]).

pair(S, C) ->
    {ok, L} = ssl:listen(0, [binary, {active, false}, {ip, {127, 0, 0, 1}} | S]),
    {ok, {_, Port}} = ssl:sockname(L),
    Me = self(),
    Pid = spawn_link(fun() ->
        {ok, T} = ssl:transport_accept(L),
        Said = case ssl:handshake(T, 5000) of
                   {ok, X} -> I = cert(ssl:peercert(X)), ssl:send(X, <<"hello">>), ssl:recv(X, 0), ssl:close(X), I;
                   {error, {tls_alert, {Kind, _}}} -> {alert, Kind};
                   Error -> Error
               end,
        Me ! {self(), Said}
    end),
    Client = case ssl:connect({127, 0, 0, 1}, Port, [binary, {active, false} | C], 5000) of
                 {ok, K} ->
                     I = case ssl:recv(K, 5) of
                             {ok, <<"hello">>} -> cert(ssl:peercert(K));
                             {error, _} -> refused
                         end,
                     ssl:close(K),
                     I;
                 {error, {tls_alert, {Kind, _}}} -> {alert, Kind};
                 Error -> Error
             end,
    Server = receive {Pid, Said} -> Said end,
    ssl:close(L),
    {Client, Server}.

cert({ok, Der}) -> {certificate, element(1, public_key:pkix_decode_cert(Der, otp))};
cert(Error) -> Error.
