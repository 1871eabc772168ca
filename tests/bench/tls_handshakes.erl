%% TLS handshakes over loopback, half of them 1.2, half 1.3, by four clients at a time. Without nodelay
%% three quarters of the time go to the kernel's delayed acknowledgements, on both sides alike.
-module(tls_handshakes).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 400 end,
    {ok, _} = application:ensure_all_started(ssl),
    Key = [{key, {namedCurve, secp256r1}}],
    #{server_config := S0, client_config := C0} = public_key:pkix_test_data(
        #{server_chain => #{root => Key, intermediates => [], peer => Key},
          client_chain => #{root => Key, intermediates => [], peer => Key}}),
    {ok, Listen} = ssl:listen(0, [binary, {active, false}, {nodelay, true}, {ip, {127, 0, 0, 1}},
                                  {reuse_sessions, false} | S0]),
    {ok, {_, Port}} = ssl:sockname(Listen),
    [spawn_link(fun() -> accept(Listen) end) || _ <- lists:seq(1, 4)],
    Options = [binary, {active, false}, {nodelay, true}, {verify, verify_peer}, {server_name_indication, disable} | C0],
    Start = erlang:monotonic_time(microsecond),
    Clients = [spawn_monitor(fun() -> exit({sum, connect(Port, [{versions, [V]} | Options], N div 4, 0)}) end)
               || V <- ['tlsv1.2', 'tlsv1.3', 'tlsv1.2', 'tlsv1.3']],
    Sums = [receive {'DOWN', Ref, process, _, {sum, Sum}} -> Sum end || {_, Ref} <- Clients],
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [lists:sum(Sums), End - Start]).

accept(Listen) ->
    case ssl:transport_accept(Listen) of
        {ok, T} ->
            {ok, Socket} = ssl:handshake(T),
            ok = ssl:send(Socket, <<"hello">>),
            {error, closed} = ssl:recv(Socket, 0),
            ssl:close(Socket),
            accept(Listen);
        {error, closed} -> ok
    end.

connect(_, _, 0, Sum) -> Sum;
connect(Port, Options, N, Sum) ->
    {ok, Socket} = ssl:connect({127, 0, 0, 1}, Port, Options),
    {ok, Data} = ssl:recv(Socket, 5),
    ok = ssl:close(Socket),
    connect(Port, Options, N - 1, Sum + byte_size(Data)).
