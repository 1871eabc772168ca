%% Packets of 4 bytes to and fro over loopback: 16 connections, both ends active-once.
-module(net_echo).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 8000 end,
    Options = [binary, {packet, 4}, {active, false}, {nodelay, true}, {ip, {127, 0, 0, 1}}],
    {ok, Listen} = gen_tcp:listen(0, [{backlog, 64} | Options]),
    {ok, Port} = inet:port(Listen),
    spawn_link(fun() -> accept(Listen) end),
    Start = erlang:monotonic_time(microsecond),
    Clients = [spawn_monitor(fun() -> client(Port, Options, N) end) || _ <- lists:seq(1, 16)],
    Sums = [receive {'DOWN', Ref, process, _, {sum, Sum}} -> Sum end || {_, Ref} <- Clients],
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [lists:sum(Sums), End - Start]).

accept(Listen) ->
    case gen_tcp:accept(Listen) of
        {ok, Socket} ->
            Pid = spawn(fun() -> receive go -> echo(Socket) end end),
            ok = gen_tcp:controlling_process(Socket, Pid),
            Pid ! go,
            accept(Listen);
        {error, closed} -> ok
    end.

echo(Socket) ->
    ok = inet:setopts(Socket, [{active, once}]),
    receive
        {tcp, Socket, Data} -> ok = gen_tcp:send(Socket, Data), echo(Socket);
        {tcp_closed, Socket} -> ok
    end.

client(Port, Options, N) ->
    {ok, Socket} = gen_tcp:connect({127, 0, 0, 1}, Port, Options),
    Sum = rounds(Socket, N, 0),
    ok = gen_tcp:close(Socket),
    exit({sum, Sum}).

rounds(_, 0, Sum) -> Sum;
rounds(Socket, N, Sum) ->
    ok = gen_tcp:send(Socket, <<N:32>>),
    ok = inet:setopts(Socket, [{active, once}]),
    receive {tcp, Socket, <<N:32>>} -> rounds(Socket, N - 1, Sum + N) end.
