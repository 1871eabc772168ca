%% Receive after make_ref or monitor: messages that were there before must stay, in order.
-module(op_receive_marker).
-export([main/0, call/2, id/1]).

main() ->
    Server = spawn(fun() -> server(0) end),
    [self() ! {noise, N} || N <- [1, 2, 3]],
    erlang:display(call(Server, {add, 5})),
    erlang:display(call(Server, {add, 7})),
    erlang:display([call(Server, {add, 1}) || _ <- [a, b, c]]),
    erlang:display(mcall(Server, {add, 10})),
    erlang:display(drain()),
    erlang:display(mcall(Server, stop)),
    erlang:display(mcall(Server, anything)),
    self() ! old,
    Ref = make_ref(),
    self() ! new, self() ! {Ref, marked},
    erlang:display(receive {Ref, X} -> X end),
    erlang:display(drain()),
    erlang:display(both()),
    ok.

id(X) -> X.

server(N) ->
    receive
        {From, Ref, {add, K}} -> From ! {Ref, N + K}, server(N + K);
        {From, Ref, stop} -> From ! {Ref, stopped}
    end.

call(Pid, Req) ->
    Ref = make_ref(),
    Pid ! {self(), Ref, Req},
    receive {Ref, Reply} -> Reply end.

mcall(Pid, Req) ->
    Ref = monitor(process, Pid),
    Pid ! {self(), Ref, Req},
    receive
        {Ref, Reply} -> demonitor(Ref, [flush]), {ok, Reply};
        {'DOWN', Ref, process, _, Why} -> {down, Why}
    end.

both() ->
    R1 = make_ref(), R2 = make_ref(),
    self() ! {R2, two}, self() ! {R1, one},
    A = receive {R1, X} -> X end,
    B = receive {R2, Y} -> Y end,
    {A, B}.

drain() -> receive X -> [X | drain()] after 0 -> [] end.
