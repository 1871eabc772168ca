%% Certificates and keys from files; connections that begin as plain ones; sockets handed over
-module(tls_files).
-export([main/0]).

main() ->
    logger:set_primary_config(level, none),
    {ok, _} = application:ensure_all_started(ssl),
    #{server_config := S, client_config := C} = public_key:pkix_test_data(
        #{server_chain => #{root => key(), intermediates => [key()], peer => key()},
          client_chain => #{root => key(), intermediates => [], peer => key()}}),
    Name = filename:join("/tmp", "tls_files_" ++ os:getpid()),
    [Cert, Key, Roots, Locked] = Files = [Name ++ End || End <- [".crt", ".key", ".roots", ".locked"]],
    ok = file:write_file(Cert, pem([{'Certificate', D, not_encrypted} || D <- [proplists:get_value(cert, S)
                                                                              | proplists:get_value(cacerts, S)]])),
    {Type, Bytes} = proplists:get_value(key, S),
    ok = file:write_file(Key, pem([{Type, Bytes, not_encrypted}])),
    Decoded = public_key:der_decode(Type, Bytes),
    ok = file:write_file(Locked, pem([public_key:pem_entry_encode(Type, Decoded, {{"DES-EDE3-CBC", crypto:strong_rand_bytes(8)}, "secret"})])),
    ok = file:write_file(Roots, pem([{'Certificate', D, not_encrypted} || D <- proplists:get_value(cacerts, C)])),
    Server = [{certfile, Cert}, {keyfile, Key}],
    Client = [{cacertfile, Roots}, {verify, verify_peer}, {server_name_indication, disable}],
    io:format("~p~n", [plain(Server, Client)]),
    io:format("~p~n", [plain([{certfile, Cert}, {keyfile, Locked}, {password, "secret"}], Client)]),
    io:format("~p~n", [plain([{certfile, Cert}, {keyfile, Locked}, {password, "wrong"}], Client)]),
    io:format("~p~n", [plain([{certfile, Cert}], Client)]),
    io:format("~p~n", [plain([{certfile, Name}, {keyfile, Key}], Client)]),
    io:format("~p~n", [plain(Server, lists:keyreplace(cacertfile, 1, Client, {cacertfile, Name}))]),
    [io:format("~p~n", [upgrade(V, Server, Client)]) || V <- ['tlsv1.2', 'tlsv1.3']],
    owners(Server, Client),
    [ok = file:delete(F) || F <- Files].

key() -> [{key, {namedCurve, secp256r1}}].

pem(Entries) -> public_key:pem_encode(Entries).

plain(S, C) ->
    {ok, L} = ssl:listen(0, [binary, {active, false}, {ip, {127, 0, 0, 1}} | S]),
    {ok, {_, Port}} = ssl:sockname(L),
    spawn(fun() ->
        {ok, T} = ssl:transport_accept(L),
        case ssl:handshake(T) of
            {ok, X} -> ssl:send(X, <<"hello">>), ssl:recv(X, 0), ssl:close(X);
            _ -> ok
        end
    end),
    Said = case ssl:connect({127, 0, 0, 1}, Port, [binary, {active, false} | C]) of
               {ok, K} -> R = ssl:recv(K, 5), ssl:close(K), R;
               {error, {tls_alert, {Kind, _}}} -> Kind;
               {error, {options, {Option, _, Reason}}} -> {Option, Reason};
               Error -> Error
           end,
    ssl:close(L),
    Said.

upgrade(V, S, C) ->
    {ok, L} = gen_tcp:listen(0, [binary, {active, false}, {ip, {127, 0, 0, 1}}]),
    {ok, Port} = inet:port(L),
    {_, M} = spawn_monitor(fun() ->
        {ok, T} = gen_tcp:accept(L),
        {ok, <<"start">>} = gen_tcp:recv(T, 5),
        ok = gen_tcp:send(T, <<"go">>),
        {ok, X} = ssl:handshake(T, [{versions, [V]} | S], 5000),
        {ok, <<"inside">>} = ssl:recv(X, 6),
        ok = ssl:send(X, <<"yes">>),
        ok = ssl:close(X),
        exit({shutdown, done})
    end),
    {ok, K} = gen_tcp:connect({127, 0, 0, 1}, Port, [binary, {active, false}]),
    ok = gen_tcp:send(K, <<"start">>),
    {ok, <<"go">>} = gen_tcp:recv(K, 2),
    {ok, T} = ssl:connect(K, [{versions, [V]} | C], 5000),
    ok = ssl:send(T, <<"inside">>),
    {ok, <<"yes">>} = ssl:recv(T, 3),
    Closed = ssl:recv(T, 0, 5000),
    ssl:close(T),
    Back = receive {'DOWN', M, _, _, R} -> R end,
    gen_tcp:close(L),
    {V, Closed, Back}.

%% A connection that another process takes over; owners that end.
owners(S, C) ->
    {ok, L} = ssl:listen(0, [binary, {active, false}, {ip, {127, 0, 0, 1}} | S]),
    {ok, {_, Port}} = ssl:sockname(L),
    Me = self(),
    Accept = fun() ->
        spawn_link(fun() ->
            {ok, T} = ssl:transport_accept(L),
            {ok, X} = ssl:handshake(T),
            Me ! {ready, self()},
            Me ! {server, ssl:recv(X, 0), ssl:recv(X, 0)}
        end)
    end,
    Accept(),
    {ok, K} = ssl:connect({127, 0, 0, 1}, Port, [binary, {active, false} | C]),
    {Pid, M} = spawn_monitor(fun() -> receive {take, K} -> ok = ssl:send(K, <<"mine">>) end, receive stop -> ok end end),
    ok = ssl:controlling_process(K, Pid),
    Pid ! {take, K},
    Pid ! stop,
    receive {'DOWN', M, _, _, R} -> io:format("owner ~p~n", [R]) end,
    receive {server, A, B} -> io:format("server ~p ~p~n", [A, B]) end,
    io:format("~p~n", [element(1, ssl:send(K, <<"late">>))]),
    Accept(),
    {ok, K2} = ssl:connect({127, 0, 0, 1}, Port, [binary, {active, true} | C]),
    ok = ssl:shutdown(K2, write),
    receive {server, A2, B2} -> io:format("server ~p ~p~n", [A2, B2]) end,
    receive {ssl_closed, K2} -> io:format("closed~n") end,
    ssl:close(L),
    io:format("~p ~p~n", [ssl:transport_accept(L, 100), ssl:close(K)]).
