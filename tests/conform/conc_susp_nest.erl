%% suspensions nest, and each suspender resumes its own
-module(conc_susp_nest).
-export([main/0]).

main() ->
    Me = self(),
    P = spawn(fun() -> count(0) end),
    [true = erlang:suspend_process(P) || _ <- [1, 2, 3]],
    io:format("~p~n", [process_info(P, status)]),
    P ! {get, Me},
    io:format("~p~n", [receive {n, _} -> ran after 20 -> held end]),
    io:format("~p~n", [[{Q =:= P, N, M} || {Q, N, M} <- element(2, process_info(self(), suspending))]]),
    erlang:resume_process(P), erlang:resume_process(P),
    io:format("~p~n", [receive {n, _} -> ran after 20 -> held end]),
    erlang:resume_process(P),
    io:format("~p~n", [receive {n, _} -> ran after 2000 -> held end]),
    io:format("~p~n", [process_info(self(), suspending)]),
    io:format("~p~n", [try erlang:resume_process(P) catch C:E -> {C, E} end]),
    exit(P, kill).

count(N) -> receive {get, To} -> To ! {n, N}, count(N) after 0 -> count(N + 1) end.
