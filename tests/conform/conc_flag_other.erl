%% process_flag/3 of another process, resting, busy and dead
-module(conc_flag_other).
-export([main/0]).

main() ->
    P = spawn(fun() -> receive stop -> ok end end),
    io:format("~p~n", [[process_flag(P, save_calls, N) || N <- [3, 4, 0, 0]]]),
    B = spawn(fun busy/0),
    io:format("~p~n", [[process_flag(B, save_calls, N) || N <- [3, 4, 0, 0]]]),
    exit(B, kill), exit(P, kill),
    R = monitor(process, P), receive {'DOWN', R, _, _, _} -> ok end,
    io:format("~p~n", [try process_flag(P, save_calls, 1) catch C:E -> {C, E} end]).

busy() -> busy().
