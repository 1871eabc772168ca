%% Addresses are free as soon as whoever listened there has closed: by any process, on any thread,
%% with others that wait in accept, and with connections under way.
-module(net_listen_anew).
-export([main/0]).

main() ->
    Workers = [spawn_monitor(fun() -> rounds(I, 25) end) || I <- lists:seq(1, 6)],
    io:format("~p~n", [[receive {'DOWN', Ref, process, Pid, Why} -> Why end || {Pid, Ref} <- Workers]]).

rounds(_, 0) -> ok;
rounds(I, N) ->
    Name = iolist_to_binary([0, "net_listen_anew-", os:getpid(), $-, integer_to_list(I)]),
    Listen = listen(Name),
    Server = in_another(fun() -> serve(gen_tcp:accept(Listen)) end),
    {ok, Client} = gen_tcp:connect({local, Name}, 0, [binary, {active, false}]),
    User = in_another(fun() -> use(Client) end),
    ok = done(User),
    ok = done(Server),
    {error, timeout} = gen_tcp:accept(Listen, 0),
    Waits = [in_another(fun() -> gen_tcp:accept(Listen) end) || _ <- [1, 2]],
    [waits(W) || W <- Waits],
    ok = done(in_another(fun() -> gen_tcp:close(Listen) end)),
    [{error, closed} = done(W) || W <- Waits],
    Again = listen(Name),
    ok = gen_tcp:close(Again),
    {ok, Datagrams} = gen_udp:open(0, [binary, {ifaddr, {local, Name}}, {active, true}]),
    ok = gen_udp:send(Datagrams, {local, Name}, 0, <<"to itself">>),
    receive {udp, Datagrams, _, _, <<"to itself">>} -> ok end,
    ok = gen_udp:close(Datagrams),
    rounds(I, N - 1).

listen(Name) ->
    {ok, Listen} = gen_tcp:listen(0, [binary, {ifaddr, {local, Name}}, {active, false}]),
    Listen.

serve({ok, Socket}) ->
    {ok, <<"ask">>} = gen_tcp:recv(Socket, 3),
    spend(1000),
    ok = gen_tcp:send(Socket, <<"answer">>),
    {error, closed} = gen_tcp:recv(Socket, 0),
    gen_tcp:close(Socket).

use(Socket) ->
    ok = gen_tcp:send(Socket, <<"ask">>),
    {ok, <<"answer">>} = gen_tcp:recv(Socket, 6),
    gen_tcp:close(Socket).

in_another(F) ->
    Self = self(),
    spawn_link(fun() -> Self ! {self(), F()} end).

%% It has asked, when it waits for an answer.
waits(Pid) ->
    case process_info(Pid, [status, current_function]) of
        [{status, waiting}, {current_function, {prim_inet, _, _}}] -> ok;
        _ -> erlang:yield(), waits(Pid)
    end.

done(Pid) -> receive {Pid, Result} -> Result end.

spend(0) -> ok;
spend(N) -> spend(N - 1).
