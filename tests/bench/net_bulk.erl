%% 1 GB over one connection of loopback, sent in pieces of 64 KB and received as it comes.
-module(net_bulk).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 16384 end,
    Options = [binary, {active, false}, {ip, {127, 0, 0, 1}}],
    {ok, Listen} = gen_tcp:listen(0, Options),
    {ok, Port} = inet:port(Listen),
    Start = erlang:monotonic_time(microsecond),
    spawn_link(fun() ->
        {ok, Socket} = gen_tcp:connect({127, 0, 0, 1}, Port, Options),
        send(Socket, binary:copy(<<"0123456789abcdef">>, 4096), N),
        ok = gen_tcp:close(Socket)
    end),
    {ok, Socket} = gen_tcp:accept(Listen),
    Bytes = receive_all(Socket, 0),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Bytes, End - Start]).

send(_, _, 0) -> ok;
send(Socket, Piece, N) ->
    ok = gen_tcp:send(Socket, Piece),
    send(Socket, Piece, N - 1).

receive_all(Socket, Sum) ->
    case gen_tcp:recv(Socket, 0) of
        {ok, Data} -> receive_all(Socket, Sum + byte_size(Data));
        {error, closed} -> Sum
    end.
