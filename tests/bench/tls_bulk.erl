%% Bytes over one TLS connection of loopback, in pieces of 64 KB: 1.2, then 1.3.
-module(tls_bulk).
-export([main/1]).

main(Args) ->
    N = case Args of [A | _] -> list_to_integer(A); [] -> 1600 end,
    {ok, _} = application:ensure_all_started(ssl),
    Key = [{key, {namedCurve, secp256r1}}],
    #{server_config := S, client_config := C} = public_key:pkix_test_data(
        #{server_chain => #{root => Key, intermediates => [], peer => Key},
          client_chain => #{root => Key, intermediates => [], peer => Key}}),
    Start = erlang:monotonic_time(microsecond),
    Sums = [version([{versions, [V]} | S], [{versions, [V]} | C], N) || V <- ['tlsv1.2', 'tlsv1.3']],
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [lists:sum(Sums), End - Start]).

version(S, C, N) ->
    {ok, Listen} = ssl:listen(0, [binary, {active, false}, {ip, {127, 0, 0, 1}} | S]),
    {ok, {_, Port}} = ssl:sockname(Listen),
    spawn_link(fun() ->
        {ok, Socket} = ssl:connect({127, 0, 0, 1}, Port, [binary, {active, false}, {verify, verify_none} | C]),
        send(Socket, binary:copy(<<"0123456789abcdef">>, 4096), N),
        ok = ssl:close(Socket)
    end),
    {ok, T} = ssl:transport_accept(Listen),
    {ok, Socket} = ssl:handshake(T),
    receive_all(Socket, 0).

send(_, _, 0) -> ok;
send(Socket, Piece, N) ->
    ok = ssl:send(Socket, Piece),
    send(Socket, Piece, N - 1).

receive_all(Socket, Sum) ->
    case ssl:recv(Socket, 0) of
        {ok, Data} -> receive_all(Socket, Sum + byte_size(Data));
        {error, closed} -> Sum
    end.
