%% what happens to a process while it waits in gen_tcp:recv
-module(net_waits).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    messages(pair(L, P)),
    exits(pair(L, P)),
    suspended(pair(L, P)),
    collected(pair(L, P)),
    killed(pair(L, P)),
    closed(pair(L, P)),
    port_killed(pair(L, P)),
    limits(pair(L, P)),
    both_ways(pair(L, P)),
    owners(pair(L, P)),
    taken_over(pair(L, P)),
    packets(pair(L, P)).

pair(L, P) ->
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}, {nodelay, true}]),
    {ok, S} = gen_tcp:accept(L),
    {C, S}.

waits(Pid) ->
    case process_info(Pid, [current_function, status]) of
        [{current_function, {prim_inet, recv0, 3}}, {status, waiting}] -> Pid;
        _ -> timer:sleep(1), waits(Pid)
    end.

start(F) ->
    Me = self(),
    spawn(fun() -> Me ! {self(), F()} end).

result(Pid) ->
    receive {Pid, R} -> R after 5000 -> nothing end.

messages({C, S}) ->
    A = waits(start(fun() -> R = gen_tcp:recv(S, 3), {R, mailbox()} end)),
    [A ! N || N <- lists:seq(1, 20)],
    {message_queue_len, 20} = process_info(A, message_queue_len),
    ok = gen_tcp:send(C, <<"ab">>),
    A ! last,
    ok = gen_tcp:send(C, <<"cd">>),
    io:format("~p~n", [result(A)]),
    io:format("~p~n", [gen_tcp:recv(S, 0, 1000)]).

mailbox() ->
    receive M -> [M | mailbox()] after 0 -> [] end.

exits({C, S}) ->
    A = waits(start(fun() -> process_flag(trap_exit, true), R = gen_tcp:recv(S, 0), {R, mailbox()} end)),
    exit(A, first),
    exit(A, second),
    waits(A),
    ok = gen_tcp:send(C, <<"x">>),
    {R, M} = result(A),
    io:format("~p ~p~n", [R, [W || {'EXIT', _, W} <- M]]).

suspended({C, S}) ->
    A = waits(start(fun() -> gen_tcp:recv(S, 0) end)),
    erlang:suspend_process(A),
    ok = gen_tcp:send(C, <<"while suspended">>),
    receive {A, _} = Early -> io:format("~p~n", [Early]) after 50 -> ok end,
    erlang:resume_process(A),
    io:format("~p~n", [result(A)]).

collected({C, S}) ->
    A = waits(start(fun() -> X = lists:seq(1, 1000), R = gen_tcp:recv(S, 0), {R, lists:sum(X)} end)),
    true = erlang:garbage_collect(A),
    timer:sleep(150), % long enough to be made small
    waits(A),
    ok = gen_tcp:send(C, <<"y">>),
    io:format("~p~n", [result(A)]).

%% The receive stays, and takes what comes next with it.
killed({C, S}) ->
    A = waits(start(fun() -> gen_tcp:recv(S, 0) end)),
    M = monitor(process, A),
    exit(A, kill),
    receive {'DOWN', M, process, A, Why} -> io:format("~p~n", [Why]) end,
    io:format("~p~n", [gen_tcp:recv(S, 0, 10)]),
    ok = gen_tcp:send(C, <<"lost">>),
    until_free(S),
    ok = gen_tcp:send(C, <<"found">>),
    io:format("~p~n", [gen_tcp:recv(S, 0, 1000)]).

until_free(S) ->
    case gen_tcp:recv(S, 0, 1) of
        {error, ealready} -> until_free(S);
        R -> io:format("~p~n", [R])
    end.

closed({_, S} = Pair) ->
    A = waits(start(fun() -> gen_tcp:recv(S, 0) end)),
    io:format("~p~n", [gen_tcp:recv(S, 0)]),
    ok = gen_tcp:close(S),
    io:format("~p~n", [result(A)]),
    {C, _} = Pair,
    B = start(fun() -> gen_tcp:recv(C, 0, 5000) end),
    io:format("~p~n", [result(B)]).

port_killed({C, S}) ->
    A = waits(start(fun() -> gen_tcp:recv(S, 0) end)),
    unlink(S),
    exit(S, kill),
    io:format("~p~n", [result(A)]),
    io:format("~p~n", [gen_tcp:recv(C, 0)]).

limits({C, S}) ->
    A = start(fun() -> gen_tcp:recv(S, 10, 20) end),
    ok = gen_tcp:send(C, <<"part">>),
    io:format("~p~n", [result(A)]),
    io:format("~p~n", [gen_tcp:recv(S, 0, 1000)]),
    B = waits(start(fun() -> gen_tcp:recv(S, 4, 10000) end)),
    ok = gen_tcp:send(C, <<"more">>),
    io:format("~p~n", [result(B)]),
    io:format("~p~n", [[catch gen_tcp:recv(S, 0, T) || T <- [0, 1]]]).

%% One receives while others send by the same port.
both_ways({C, S}) ->
    Echo = start(fun() -> echo(C, 0) end),
    Senders = [start(fun() -> [ok = gen_tcp:send(S, <<I:32>>) || I <- lists:seq(1, 200)], ok end)
               || _ <- lists:seq(1, 5)],
    Got = start(fun() -> lists:sum([receive_one(S) || _ <- lists:seq(1, 1000)]) end),
    [ok = result(A) || A <- Senders],
    io:format("~p~n", [result(Got)]),
    gen_tcp:close(S),
    io:format("~p~n", [result(Echo)]).

receive_one(S) ->
    {ok, <<I:32>>} = gen_tcp:recv(S, 4),
    I.

echo(C, N) ->
    case gen_tcp:recv(C, 0) of
        {ok, B} -> ok = gen_tcp:send(C, B), echo(C, N + byte_size(B));
        {error, closed} -> N
    end.

owners({C, S}) ->
    A = waits(start(fun() -> gen_tcp:recv(S, 0) end)),
    ok = gen_tcp:controlling_process(S, A),
    ok = gen_tcp:send(C, <<"owned">>),
    io:format("~p~n", [result(A)]),
    io:format("~p~n", [gen_tcp:recv(C, 0, 5000)]).

%% A socket cannot become active under a receive's feet.
taken_over({C, S}) ->
    A = waits(start(fun() -> gen_tcp:recv(S, 0) end)),
    io:format("~p~n", [inet:setopts(S, [{active, once}])]),
    ok = gen_tcp:send(C, <<"to whom?">>),
    receive
        {tcp, S, B} -> io:format("~p~n", [B]);
        {A, R} -> io:format("~p~n", [R])
    end,
    gen_tcp:close(S).

packets({C, S}) ->
    ok = inet:setopts(S, [{packet, 4}]),
    A = waits(start(fun() -> [gen_tcp:recv(S, 0) || _ <- lists:seq(1, 3)] end)),
    Big = binary:copy(<<"0123456789">>, 5000),
    [ok = gen_tcp:send(C, <<B>>) || <<B>> <= <<5:32, "small", 0:32>>],
    waits(A),
    ok = gen_tcp:send(C, [<<(byte_size(Big)):32>>, binary:part(Big, 0, 20000)]),
    ok = gen_tcp:send(C, binary:part(Big, 20000, 30000)),
    [R1, R2, {ok, R3}] = result(A),
    io:format("~p ~p ~p~n", [R1, R2, R3 =:= Big]).
