%% asynchronous suspension with and without a tag, unless_suspending, wrong options
-module(conc_susp_async).
-export([main/0, id/1]).

main() ->
    P = spawn(fun() -> busy(0) end),
    io:format("~p~n", [erlang:suspend_process(P, [{asynchronous, tag}])]),
    io:format("~p~n", [receive {tag, X} -> X after 5000 -> none end]),
    io:format("~p~n", [process_info(P, status)]),
    io:format("~p~n", [erlang:suspend_process(P, [unless_suspending])]),
    io:format("~p~n", [erlang:suspend_process(P, [unless_suspending, asynchronous])]),
    erlang:resume_process(P),
    io:format("~p~n", [lists:member(element(2, process_info(P, status)), [running, runnable])]),
    io:format("~p~n", [erlang:suspend_process(P, [unless_suspending])]),
    io:format("~p~n", [erlang:suspend_process(P, [asynchronous])]),
    erlang:resume_process(P), erlang:resume_process(P),
    io:format("~p~n", [[try erlang:suspend_process(P, id(O)) catch C:E -> {C, E} end || O <- [x, [x], [asynchronous | x], [{async, 1}]]]]),
    io:format("~p~n", [try erlang:suspend_process(self()) catch C2:E2 -> {C2, E2} end]),
    R = monitor(process, P), exit(P, kill), receive {'DOWN', R, _, _, _} -> ok end,
    io:format("~p~n", [try erlang:suspend_process(P, [{asynchronous, gone}]) catch C3:E3 -> {C3, E3} end]).

busy(N) -> busy(N + 1).
id(X) -> X.
