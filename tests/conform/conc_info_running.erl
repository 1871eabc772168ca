%% process_info of processes that run all the time: always answered, always in order
-module(conc_info_running).
-export([main/0]).

main() ->
    Ps = [spawn(fun() -> busy(0) end) || _ <- lists:seq(1, 3)],
    io:format("~p~n", [lists:usort([element(1, process_info(P, current_function)) || _ <- lists:seq(1, 8), P <- Ps])]),
    io:format("~p~n", [lists:usort([begin {status, S} = process_info(P, status), lists:member(S, [running, runnable]) end || P <- Ps])]),
    [P ! {m, I} || P <- Ps, I <- [1, 2, 3]],
    io:format("~p~n", [lists:usort([process_info(P, messages) || P <- Ps])]),
    io:format("~p~n", [lists:usort([begin [{reductions, A}] = process_info(P, [reductions]), {reductions, B} = process_info(P, reductions), B >= A end || P <- Ps])]),
    [exit(P, kill) || P <- Ps],
    io:format("~p~n", [lists:usort([process_info(P, status) || P <- Ps])]),
    io:format("~p~n", [lists:usort([is_process_alive(P) || P <- Ps])]).

busy(N) -> busy(N + 1).
