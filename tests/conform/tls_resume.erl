%% Sessions of TLS 1.2 and tickets of 1.3 that are taken up again
-module(tls_resume).
-export([main/0]).

main() ->
    logger:set_primary_config(level, none),
    {ok, _} = application:ensure_all_started(ssl),
    #{server_config := S, client_config := C} = certs(),
    sessions(S, C),
    [tickets(Mode, S, C) || Mode <- [stateful, stateless]],
    off(S, C).

certs() ->
    public_key:pkix_test_data(
      #{server_chain => #{root => [{key, {namedCurve, secp256r1}}], intermediates => [],
                          peer => [{key, {namedCurve, secp256r1}}]},
        client_chain => #{root => [{key, {namedCurve, secp256r1}}], intermediates => [],
                          peer => [{key, {namedCurve, secp256r1}}]}}).

serve(Options) ->
    {ok, L} = ssl:listen(0, [binary, {active, false}, {ip, {127, 0, 0, 1}} | Options]),
    {ok, {_, Port}} = ssl:sockname(L),
    spawn_link(fun() -> accept(L) end),
    Port.

accept(L) ->
    {ok, T} = ssl:transport_accept(L),
    Pid = spawn_link(fun() -> receive go -> answer(T) end end),
    ok = ssl:controlling_process(T, Pid),
    Pid ! go,
    accept(L).

answer(T) ->
    {ok, X} = ssl:handshake(T),
    {ok, [{session_resumption, R}]} = ssl:connection_information(X, [session_resumption]),
    ok = ssl:send(X, atom_to_list(R)),
    _ = ssl:recv(X, 0),
    ssl:close(X).

ask(Port, Options) ->
    {ok, K} = ssl:connect({127, 0, 0, 1}, Port, [binary, {active, false}, {server_name_indication, disable} | Options]),
    {ok, [{session_resumption, R}]} = ssl:connection_information(K, [session_resumption]),
    {ok, Said} = ssl:recv(K, 0),
    {R, Said, K}.

sessions(S, C) ->
    Port = serve([{versions, ['tlsv1.2']} | S]),
    Options = [{versions, ['tlsv1.2']}, {verify, verify_peer} | C],
    {A, B, K} = ask(Port, [{reuse_sessions, save} | Options]),
    {ok, Info} = ssl:connection_information(K, [session_id, session_data]),
    Id = proplists:get_value(session_id, Info),
    Data = proplists:get_value(session_data, Info),
    io:format("sessions ~p ~p ~b~n", [A, B, byte_size(Id)]),
    again(Port, Id, [{reuse_session, {Id, Data}} | Options]),
    again(Port, Id, [{reuse_sessions, true} | Options]),
    ssl:close(K),
    {D, E, _} = ask(Port, [{reuse_session, crypto:strong_rand_bytes(32)} | Options]),
    io:format("unknown ~p ~p~n", [D, E]).

again(Port, Id, Options) ->
    {A, B, K} = ask(Port, Options),
    {ok, [{session_id, Now}]} = ssl:connection_information(K, [session_id]),
    ssl:close(K),
    io:format("again ~p ~p ~p~n", [A, B, Now =:= Id]).

tickets(Mode, S, C) ->
    Port = serve([{versions, ['tlsv1.3']}, {session_tickets, Mode} | S]),
    Options = [{versions, ['tlsv1.3']}, {verify, verify_peer} | C],
    {A, B, K} = ask(Port, [{session_tickets, manual} | Options]),
    Ticket = receive {ssl, session_ticket, T} -> T end,
    ssl:close(K),
    io:format("~p ~p ~p~n", [Mode, A, B]),
    {D, E, K2} = ask(Port, [{session_tickets, manual}, {use_ticket, [Ticket]} | Options]),
    io:format("with ticket ~p ~p~n", [D, E]),
    ssl:close(K2),
    {F, G, K3} = ask(Port, Options),
    io:format("without ~p ~p~n", [F, G]),
    ssl:close(K3),
    flush().

flush() -> receive {ssl, session_ticket, _} -> flush() after 0 -> ok end.

off(S, C) ->
    Port = serve([{versions, ['tlsv1.2']}, {reuse_sessions, false} | S]),
    {A, B, K} = ask(Port, [{versions, ['tlsv1.2']}, {verify, verify_peer} | C]),
    io:format("off ~p ~p~n", [A, B]),
    ssl:close(K).
