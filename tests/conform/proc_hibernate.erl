%% hibernate, garbage_collect, yield, group leaders, is_process_alive.
-module(proc_hibernate).
-export([main/0, id/1, awake/2]).

main() ->
    Me = self(),
    P = spawn(fun() -> put(k, v), erlang:hibernate(?MODULE, awake, [Me, lists:seq(1, 10)]) end),
    timer:sleep(20),
    io:format("~p~n", [process_info(P, current_function)]),
    P ! wake,
    io:format("~p~n", [receive X -> X end]),
    io:format("~p~n", [erlang:yield()]),
    io:format("~p~n", [erlang:garbage_collect()]),
    io:format("~p~n", [erlang:garbage_collect(P)]),
    io:format("~p~n", [is_pid(group_leader())]),
    Q = spawn(fun() -> receive stop -> ok end end),
    io:format("~p~n", [is_process_alive(Q)]),
    group_leader(Me, Q),
    io:format("~p~n", [process_info(Q, group_leader) =:= {group_leader, Me}]),
    exit(Q, kill),
    io:format("~p~n", [is_process_alive(Q)]),
    S = spawn(fun() -> receive stop -> ok end end),
    io:format("~p~n", [erlang:suspend_process(S)]),
    S ! stop,
    timer:sleep(10),
    io:format("~p~n", [is_process_alive(S)]),
    R = monitor(process, S),
    erlang:resume_process(S),
    io:format("~p~n", [receive {'DOWN', R, _, _, W} -> W end]),
    ok.

id(X) -> X.
awake(To, L) -> receive wake -> To ! {awake, lists:sum(L), get(k)} end.
