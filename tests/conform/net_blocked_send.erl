%% a send that blocks, and the connection ends: closed here, by the peer, with its owner, by a limit
-module(net_blocked_send).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}, {recbuf, 4096}]),
    {ok, P} = inet:port(L),
    [io:format("~0p ~0p: ~0p~n", [Name, O, try with(L, P, F, O) catch C:R -> {C, R} end])
     || {Name, F} <- [{closed_here, fun closed_here/2}, {closed_hard, fun closed_hard/2}, {closer_waits, fun closer_waits/2},
                      {close_drained, fun close_drained/2}, {closed_there, fun closed_there/2}, {reset, fun reset/2},
                      {sender_killed, fun sender_killed/2}, {owner_killed, fun owner_killed/2},
                      {drained, fun drained/2}, {second, fun second/2}],
        O <- [[], [{active, true}], [{delay_send, true}], [{packet, 4}], [{show_econnreset, true}]], fits(Name, O)].

%% With delay_send it is open which of two sends waits; who is active ends before who closes is told.
fits(Name, [{delay_send, true}]) -> lists:member(Name, [closer_waits, close_drained, drained, second]);
fits(Name, [{show_econnreset, true}]) -> lists:member(Name, [closer_waits, closed_there, reset]);
fits(Name, [{active, true}]) -> Name =/= closer_waits;
fits(_, _) -> true.

with(L, P, F, O) ->
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}, {sndbuf, 4096} | O]),
    {ok, S} = gen_tcp:accept(L),
    R = F(C, S),
    gen_tcp:close(S),
    gen_tcp:close(C),
    flush(),
    R.

flush() -> receive _ -> flush() after 0 -> ok end.

data() -> binary:copy(<<7>>, 1500000).

%% A process that sends until it is told otherwise, and waits in it.
sender(C) ->
    Me = self(),
    Pid = spawn(fun() -> receive go -> ok end, Me ! {self(), sends(C, data())} end),
    Pid ! go,
    blocked(C, 200),
    still(Pid, -1),
    Pid.

%% It does nothing more: it waits in a send.
still(Pid, N) ->
    case process_info(Pid, [reductions, status]) of
        [{_, N}, {_, Status}] when Status =:= waiting; Status =:= suspended -> ok;
        [{_, M}, _] -> timer:sleep(10), still(Pid, M)
    end.

blocked(_, 0) -> error(not_blocked);
blocked(C, N) ->
    case inet:getstat(C, [send_pend]) of
        {ok, [{send_pend, M}]} when M > 100000 -> ok;
        _ -> timer:sleep(5), blocked(C, N - 1)
    end.

sends(C, B) ->
    case gen_tcp:send(C, B) of
        ok -> sends(C, B);
        E -> E
    end.

answer(Pid) -> receive {Pid, R} -> R after 5000 -> nothing end.

%% Whose port is gone hears nothing any more.
no_answer(Pid) -> receive {Pid, R} -> R after 30 -> exit(Pid, kill), nothing end.

closed_here(C, _) ->
    Pid = sender(C),
    true = port_close(C),
    no_answer(Pid).

closed_hard(C, _) ->
    Pid = sender(C),
    ok = inet:setopts(C, [{linger, {true, 0}}]),
    ok = gen_tcp:close(C),
    no_answer(Pid).

%% Who closes waits for what is to be sent, until it cannot be any more.
closer_waits(C, S) ->
    Me = self(),
    Pid = sender(C),
    Closer = spawn(fun() -> Me ! {self(), gen_tcp:close(C)} end),
    receive {Closer, _} -> error(early) after 20 -> ok end,
    ok = gen_tcp:close(S),
    {answer(Pid), answer(Closer)}.

close_drained(C, S) ->
    Me = self(),
    Pid = spawn(fun() -> Me ! {self(), gen_tcp:send(C, data())} end),
    blocked(C, 200),
    Closer = spawn(fun() -> Me ! {self(), gen_tcp:close(C)} end),
    {read(S, 1500000), answer(Pid), answer(Closer), gen_tcp:recv(S, 1, 2000)}.

closed_there(C, S) ->
    Pid = sender(C),
    ok = gen_tcp:close(S),
    R = answer(Pid),
    {R, told(C), gen_tcp:send(C, "x")}.

reset(C, S) ->
    Pid = sender(C),
    ok = inet:setopts(S, [{linger, {true, 0}}]),
    ok = gen_tcp:close(S),
    R = answer(Pid),
    {R, told(C), gen_tcp:send(C, "x")}.

told(C) ->
    receive
        {tcp_closed, C} -> [closed | told(C)];
        {tcp_error, C, R} -> [R | told(C)]
    after 20 -> []
    end.

sender_killed(C, S) ->
    Pid = sender(C),
    exit(Pid, kill),
    {ok, _} = inet:getopts(C, [active]),
    %% What it had given up is still sent.
    {read(S, 1500000), no_answer(Pid)}.

read(_, 0) -> all;
read(S, N) ->
    case gen_tcp:recv(S, min(N, 500000), 3000) of
        {ok, B} -> read(S, N - byte_size(B));
        E -> {E, N}
    end.

owner_killed(C, S) ->
    Me = self(),
    Owner = spawn(fun() -> receive never -> ok end end),
    ok = gen_tcp:controlling_process(C, Owner),
    Pid = sender(C),
    M = monitor(port, C),
    exit(Owner, kill),
    receive {'DOWN', M, port, C, Why} -> ok after 3000 -> Why = nothing end,
    A = no_answer(Pid),
    true = Me =:= self(),
    {Why, A, read(S, 1500000)}.

drained(C, S) ->
    Me = self(),
    Pid = spawn(fun() -> Me ! {self(), gen_tcp:send(C, data())} end),
    blocked(C, 200),
    {read(S, 1500000), answer(Pid)}.

second(C, S) ->
    Me = self(),
    Pids = [spawn(fun() -> Me ! {self(), gen_tcp:send(C, data())} end) || _ <- [1, 2]],
    blocked(C, 200),
    {read(S, 3000000), [answer(Pid) || Pid <- Pids]}.
