%% everything asked about dead processes
-module(conc_info_dead).
-export([main/0]).

main() ->
    {P, R} = spawn_monitor(fun() -> ok end),
    receive {'DOWN', R, _, _, _} -> ok end,
    io:format("~p~n", [[process_info(P, I) || I <- [links, status, messages, registered_name, [], [links, status], reductions]]]),
    io:format("~p~n", [process_info(P)]),
    io:format("~p~n", [try process_info(P, junk) catch C:E -> {C, E} end]),
    io:format("~p~n", [try process_info(P, [junk]) catch C2:E2 -> {C2, E2} end]),
    io:format("~p~n", [[is_process_alive(P), garbage_collect(P), lists:member(P, processes())]]),
    io:format("~p~n", [[try F() catch C3:E3 -> {C3, E3} end || F <- [fun() -> erlang:suspend_process(P) end, fun() -> erlang:resume_process(P) end, fun() -> group_leader(self(), P) end, fun() -> register(conc_dead, P) end]]]).
