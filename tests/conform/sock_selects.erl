%% module socket: nowait and handles of all calls, cancelled, closed, by several processes
-module(sock_selects).
-export([main/0]).

main() ->
    {L, A} = listen(),
    {select, {select_info, accept, R} = I} = socket:accept(L, nowait),
    io:format("~0p~n", [[is_reference(R), socket:cancel(L, I), socket:accept(L, 0)]]),
    {select, {select_info, accept, R2}} = socket:accept(L, nowait),
    {ok, C} = socket:open(inet, stream),
    {select, {select_info, connect, R1}} = socket:connect(C, A, nowait),
    io:format("~0p~n", [[socket:send(C, "early"), socket:recv(L, 0, 0)]]),
    receive {'$socket', C, select, R1} -> io:format("~0p~n", [socket:connect(C)]) after 1000 -> nothing end,
    {ok, S} = receive {'$socket', L, select, R2} -> socket:accept(L, nowait) after 1000 -> nothing end,
    io:format("~0p~n", [[socket:recv(S, 0, 0), socket:recv(S, 1, 1), socket:send(C, "abc")]]),
    H = make_ref(),
    {select, {{select_info, recv, H}, <<"abc">>}} = recv(S, 6, H),
    io:format("~0p~n", [[socket:send(C, "def"), receive {'$socket', S, select, H} -> told after 1000 -> nothing end, socket:recv(S, 0, H)]]),
    %% Another one waits behind the first; a cancel lets it go on.
    {select, I3} = socket:recv(S, 1, nowait),
    Me = self(),
    P = spawn_link(fun() -> Me ! {self(), element(1, socket:recv(S, 1, nowait))}, receive M -> Me ! {self(), element(3, M), socket:recv(S, 1, 1000)} end end),
    io:format("~0p~n", [receive {P, X} -> X after 1000 -> nothing end]),
    io:format("~0p~n", [[socket:cancel(S, I3), socket:send(C, "x")]]),
    io:format("~0p~n", [receive {P, X1, X2} -> {X1, X2} after 1000 -> nothing end]),
    %% Closed meanwhile: who waits is told.
    {select, {_, _, R4}} = socket:recv(S, 1, nowait),
    P2 = spawn_link(fun() -> Me ! {self(), socket:close(S)} end),
    io:format("~0p~n", [[receive {'$socket', S, abort, {R4, Why}} -> Why after 1000 -> nothing end, receive {P2, X3} -> X3 after 1000 -> nothing end]]),
    io:format("~0p~n", [[socket:recv(S, 1, nowait), t(fun() -> socket:cancel(S, I3) end), socket:recv(C, 0, nowait)]]),
    %% Who waits is killed: nothing is left of it.
    {ok, D} = socket:open(inet, stream),
    ok = socket:connect(D, A),
    {ok, T} = socket:accept(L),
    K = spawn(fun() -> {select, _} = socket:recv(T, 1, nowait), Me ! {self(), waits}, receive never -> ok end end),
    receive {K, waits} -> exit(K, kill) end,
    gone(T, 200),
    ok = socket:send(D, "z"),
    io:format("~0p~n", [socket:recv(T, 1, 1000)]),
    [socket:close(X4) || X4 <- [L, C, D, T]].

gone(_, 0) -> there;
gone(T, N) -> case maps:get(num_readers, socket:info(T)) of 0 -> gone; _ -> timer:sleep(5), gone(T, N - 1) end.

recv(S, N, H) ->
    case socket:recv(S, N, H) of
        {select, {select_info, recv, H}} -> receive {'$socket', S, select, H} -> recv(S, N, H) end;
        R -> R
    end.

listen() ->
    {ok, L} = socket:open(inet, stream, tcp),
    ok = socket:bind(L, #{family => inet, addr => loopback, port => 0}),
    ok = socket:listen(L),
    {ok, A} = socket:sockname(L),
    {L, A}.

t(F) -> try F() catch E:R -> {E, R} end.
