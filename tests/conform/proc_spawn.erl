%% spawn in all its forms, spawn_opt options, results by message, order between two processes.
-module(proc_spawn).
-export([main/0, id/1, hello/2, echo/0]).

main() ->
    Me = self(),
    spawn(fun() -> Me ! {a, self() =/= Me} end),
    io:format("~p~n", [recv()]),
    spawn(?MODULE, hello, [Me, x]),
    io:format("~p~n", [recv()]),
    spawn(node(), fun() -> Me ! on_node end),
    io:format("~p~n", [recv()]),
    spawn_link(fun() -> Me ! linked, receive after infinity -> ok end end),
    io:format("~p~n", [recv()]),
    {P, R} = spawn_monitor(?MODULE, hello, [Me, y]),
    io:format("~p~n", [recv()]),
    receive {'DOWN', R, process, P, Why} -> io:format("~p~n", [Why]) end,
    P2 = spawn_opt(fun() -> Me ! process_info(self(), priority), receive stop -> ok end end, [{priority, high}, {min_heap_size, 1000}, link]),
    io:format("~p~n", [recv()]),
    unlink(P2),
    {P3, R3} = spawn_opt(?MODULE, hello, [Me, z], [monitor, {fullsweep_after, 0}]),
    io:format("~p~n", [recv()]),
    receive {'DOWN', R3, process, P3, Why3} -> io:format("~p~n", [Why3]) end,
    E = spawn(?MODULE, echo, []),
    [E ! {Me, N} || N <- lists:seq(1, 100)],
    io:format("~p~n", [[receive {E, N} -> N end || _ <- lists:seq(1, 100)] =:= lists:seq(1, 100)]),
    io:format("~p~n", [{is_pid(E), is_process_alive(E), E =:= E, E == self()}]),
    io:format("~p~n", [try spawn_opt(fun() -> ok end, [bad]) catch error:badarg -> badarg end]),
    ReqId = spawn_request(fun() -> Me ! requested end, [monitor, {reply_tag, answer}]),
    receive {answer, ReqId, ok, Pid} -> io:format("~p~n", [is_pid(Pid)]) end,
    io:format("~p~n", [recv()]),
    receive {'DOWN', ReqId, process, _, Why4} -> io:format("~p~n", [Why4]) end,
    ok.

id(X) -> X.
recv() -> receive X -> X after 5000 -> timeout end.
hello(To, X) -> To ! {hello, X}.
echo() -> receive {From, X} -> From ! {self(), X}, echo() end.
