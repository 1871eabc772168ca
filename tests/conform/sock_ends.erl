%% module socket: closes at each moment, by owners that end, by the peer; what counts and info say
-module(sock_ends).
-export([main/0]).

main() ->
    Me = self(),
    [io:format("~0p: ~0p~n", [N, F(Me)]) || {N, F} <- [{in_recv, fun in_recv/1}, {in_accept, fun in_accept/1}, {in_send, fun in_send/1}, {owner, fun owner/1}, {moved, fun moved/1}, {peer, fun peer/1}, {reset, fun reset/1}, {half, fun half/1}, {refused, fun refused/1}, {many, fun many/1}]].

listen() ->
    {ok, L} = socket:open(inet, stream, tcp),
    ok = socket:bind(L, #{family => inet, addr => loopback, port => 0}),
    ok = socket:listen(L, 200),
    {ok, A} = socket:sockname(L),
    {L, A}.

pair() ->
    {L, A} = listen(),
    {ok, C} = socket:open(inet, stream, tcp),
    ok = socket:connect(C, A),
    {ok, S} = socket:accept(L),
    socket:close(L),
    {C, S}.

waits(S, Key, 1) ->
    case maps:get(Key, socket:info(S)) of
        1 -> ok;
        _ -> timer:sleep(3), waits(S, Key, 1)
    end.

in_recv(Me) ->
    {C, S} = pair(),
    P = spawn_link(fun() -> Me ! {self(), [socket:recv(C, 0), socket:recv(C, 0)]} end),
    waits(C, num_readers, 1),
    R = socket:close(C),
    [R, receive {P, X} -> X after 1000 -> nothing end, socket:recv(S, 0, 1000)].

in_accept(Me) ->
    {L, _} = listen(),
    P = spawn_link(fun() -> Me ! {self(), socket:accept(L)} end),
    waits(L, num_acceptors, 1),
    [socket:close(L), receive {P, X} -> X after 1000 -> nothing end].

in_send(Me) ->
    {C, S} = pair(),
    P = spawn_link(fun() -> Me ! {self(), socket:send(C, binary:copy(<<1>>, 20000000))} end),
    waits(C, num_writers, 1),
    R = socket:close(C),
    [R, receive {P, {error, {X, B}}} -> {X, is_binary(B)}; {P, X} -> X after 1000 -> nothing end, element(1, socket:recv(S, 10, 1000))].

owner(Me) ->
    P = spawn(fun() -> Me ! {self(), pair()}, receive die -> ok end end),
    {C, S} = receive {P, X} -> X end,
    M = socket:monitor(C),
    P ! die,
    [receive {'DOWN', M, socket, C, Why} -> Why after 1000 -> nothing end, socket:recv(C, 0, 100), socket:send(S, "x")].

moved(Me) ->
    {C, S} = pair(),
    P = spawn(fun() -> receive die -> ok end end),
    R = [socket:setopt(C, otp, controlling_process, P), socket:setopt(C, otp, controlling_process, Me), socket:getopt(C, otp, controlling_process) =:= {ok, P}],
    P ! die,
    [R, socket:recv(S, 0, 1000)].

peer(_) ->
    {C, S} = pair(),
    ok = socket:send(S, "last"),
    ok = socket:close(S),
    [socket:recv(C, 10, 1000), socket:recv(C, 4, 1000), socket:recv(C, 0, 1000), socket:close(C)].

reset(_) ->
    {C, S} = pair(),
    ok = socket:setopt(S, socket, linger, #{onoff => true, linger => 0}),
    ok = socket:close(S),
    [socket:recv(C, 0, 1000), socket:recv(C, 0, 1000), socket:send(C, "x"), socket:getopt(C, socket, error), socket:peername(C)].

half(_) ->
    {C, S} = pair(),
    [socket:shutdown(C, write), socket:send(C, "x"), socket:recv(S, 0, 1000), socket:send(S, "y"), socket:recv(C, 1, 1000), socket:shutdown(C, read), socket:shutdown(C, read_write), socket:shutdown(S, read_write), socket:recv(C, 0, 1000), socket:close(C), socket:shutdown(C, write)].

refused(_) ->
    {L, A} = listen(),
    ok = socket:close(L),
    {ok, C} = socket:open(inet, stream, tcp),
    [socket:connect(C, A), socket:send(C, "x"), socket:recv(C, 0, 10), socket:peername(C), socket:close(C), socket:connect(C, A)].

many(Me) ->
    {L, A} = listen(),
    Ps = [spawn_link(fun() -> {ok, C} = socket:open(inet, stream, tcp), ok = socket:connect(C, A), ok = socket:send(C, <<I:16>>), R = socket:recv(C, 2, 5000), socket:close(C), Me ! {self(), R =:= {ok, <<I:16>>}} end) || I <- lists:seq(1, 150)],
    [begin {ok, S} = socket:accept(L, 5000), spawn_link(fun() -> {ok, D} = socket:recv(S, 2, 5000), ok = socket:send(S, D), {error, closed} = socket:recv(S, 0, 5000), socket:close(S) end) end || _ <- Ps],
    R = lists:usort([receive {P, X} -> X end || P <- Ps]),
    socket:close(L),
    R.
