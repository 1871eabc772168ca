%% thousands of DOWN and EXIT messages at once
-module(conc_down_storm).
-export([main/0]).

main() ->
    process_flag(trap_exit, true),
    Ps = [spawn_opt(fun() -> receive go -> exit(I rem 7) end end, [link, monitor]) || I <- lists:seq(1, 3000)],
    [P ! go || {P, _} <- Ps],
    io:format("~p~n", [lists:sum([receive {'DOWN', R, process, P, W} -> W end || {P, R} <- Ps])]),
    io:format("~p~n", [lists:sum([receive {'EXIT', P, W} -> W end || {P, _} <- Ps])]),
    io:format("~p~n", [[process_info(self(), I) || I <- [links, monitors, message_queue_len]]]).
