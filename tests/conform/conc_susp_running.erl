%% a running process stands still from the moment suspend_process returns
-module(conc_susp_running).
-export([main/0]).

main() ->
    A = atomics:new(1, []),
    P = spawn(fun() -> busy(A) end),
    wait(A, 1000),
    L = [begin
        erlang:suspend_process(P),
        N = atomics:get(A, 1), spin(2000), M = atomics:get(A, 1),
        erlang:resume_process(P),
        wait(A, M + 10),
        N =:= M
    end || _ <- lists:seq(1, 50)],
    io:format("~p~n", [lists:usort(L)]),
    exit(P, kill).

busy(A) -> atomics:add(A, 1, 1), busy(A).
wait(A, N) -> case atomics:get(A, 1) of X when X >= N -> ok; _ -> erlang:yield(), wait(A, N) end.
spin(0) -> ok;
spin(N) -> spin(N - 1).
