%% processes that run all the time are killed, by kill, by other reasons, by links
-module(conc_kill_runs).
-export([main/0]).

main() ->
    process_flag(trap_exit, true),
    io:format("~p~n", [lists:usort([begin {P, R} = spawn_monitor(fun() -> busy() end), exit(P, W), receive {'DOWN', R, _, _, X} -> {W, X} end end || _ <- lists:seq(1, 20), W <- [kill, boom]])]),
    io:format("~p~n", [lists:usort([begin
        P = spawn(fun() -> spawn_link(fun() -> exit(partner) end), busy() end), R = monitor(process, P),
        receive {'DOWN', R, _, _, X} -> lists:member(X, [partner, noproc]) end end || _ <- lists:seq(1, 20)])]),
    io:format("~p~n", [lists:usort([begin {P, R} = spawn_monitor(fun() -> lists:foldl(fun(I, A) -> [I | A] end, [], lists:seq(1, 1000000)), busy() end), exit(P, kill), receive {'DOWN', R, _, _, X} -> X end end || _ <- lists:seq(1, 5)])]).

busy() -> busy().
