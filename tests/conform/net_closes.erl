%% A connection that ends at each moment: who waits, what is told, by either end, over both kinds of sockets
-module(net_closes).
-export([main/0]).

main() -> [backend(B) || B <- [inet, socket]].

backend(B) ->
    io:format("~p~n", [B]),
    O = [{inet_backend, B}, binary, {active, false}, {ip, {127, 0, 0, 1}}],
    {ok, L} = gen_tcp:listen(0, O),
    {ok, P} = inet:port(L),
    [io:format("~p: ~p~n", [Name, how(F, L, P, O)])
     || {Name, F} <- [{in_recv, fun in_recv/2}, {in_recv_own, fun in_recv_own/2}, {data_first, fun data_first/2},
                      {shut_both, fun shut_both/2}, {owner_killed, fun owner_killed/2}, {peer_killed, fun peer_killed/2},
                      {active, fun in_active/2}, {once, fun once/2}, {half, fun half/2}, {twice, fun twice/2}]],
    gen_tcp:close(L).

how(F, L, P, O) ->
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, O),
    {ok, S} = gen_tcp:accept(L),
    R = F(C, S),
    gen_tcp:close(C),
    gen_tcp:close(S),
    R.

%% What a function of another process gives; it waits already when `Then` runs.
beside(F, Then) ->
    Me = self(),
    Pid = spawn_link(fun() -> Me ! ready, Me ! {self(), F()} end),
    receive ready -> ok end,
    timer:sleep(20),
    Then(),
    receive {Pid, R} -> R after 5000 -> nothing end.

in_recv(C, S) -> beside(fun() -> gen_tcp:recv(C, 0) end, fun() -> gen_tcp:close(S) end).

in_recv_own(C, _) -> beside(fun() -> gen_tcp:recv(C, 0) end, fun() -> gen_tcp:close(C) end).

data_first(C, S) ->
    ok = gen_tcp:send(S, "last words"),
    ok = gen_tcp:close(S),
    [gen_tcp:recv(C, 4), gen_tcp:recv(C, 0), gen_tcp:recv(C, 0), gen_tcp:recv(C, 0)].

shut_both(C, S) ->
    [gen_tcp:shutdown(C, write), gen_tcp:recv(S, 0), gen_tcp:shutdown(S, write), gen_tcp:recv(C, 0)].

%% The process that has the socket is killed: the other end hears of it.
owner_killed(C, S) ->
    Pid = spawn(fun() -> receive never -> ok end end),
    ok = gen_tcp:controlling_process(S, Pid),
    exit(Pid, kill),
    [gen_tcp:recv(C, 0, 5000), gone(S, 100)].

gone(_, 0) -> there;
gone(S, N) ->
    case inet:peername(S) of
        {ok, _} -> timer:sleep(5), gone(S, N - 1);
        {error, _} -> gone
    end.

peer_killed(C, S) ->
    Pid = spawn(fun() -> receive never -> ok end end),
    ok = gen_tcp:controlling_process(C, Pid),
    ok = inet:setopts(S, [{active, true}]),
    exit(Pid, kill),
    receive {tcp_closed, S} -> closed after 5000 -> nothing end.

in_active(C, S) ->
    ok = inet:setopts(C, [{active, true}]),
    ok = gen_tcp:send(S, "one"),
    ok = gen_tcp:close(S),
    [receive {tcp, C, D} -> D after 5000 -> nothing end, receive {tcp_closed, C} -> closed after 5000 -> nothing end].

once(C, S) ->
    ok = gen_tcp:send(S, "one"),
    ok = gen_tcp:close(S),
    ok = inet:setopts(C, [{active, once}]),
    A = receive {tcp, C, D} -> D after 5000 -> nothing end,
    ok = inet:setopts(C, [{active, once}]),
    [A, receive {tcp_closed, C} -> closed after 5000 -> nothing end].

half(C, S) ->
    ok = inet:setopts(S, [{exit_on_close, false}]),
    ok = gen_tcp:shutdown(C, write),
    A = gen_tcp:recv(S, 0),
    [A, gen_tcp:send(S, "answer"), gen_tcp:recv(C, 6)].

twice(C, _) -> [gen_tcp:close(C), gen_tcp:close(C), gen_tcp:recv(C, 0), gen_tcp:send(C, "x"), inet:setopts(C, [{active, true}])].
