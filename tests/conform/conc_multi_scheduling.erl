%% multi_scheduling: blocked while somebody asks for it, who may end without unblocking.
-module(conc_multi_scheduling).
-export([main/0]).

main() ->
    state(),
    flag(block), state(),
    other(block), state(),
    flag(unblock), state(),
    flag(unblock),
    other(block_normal), state(),
    flag(block_normal), state(),
    {schedulers_active, 1} = {schedulers_active, erlang:system_info(schedulers_active)},
    flag(block), flag(unblock), state(),
    flag(unblock_normal), state(),
    io:format("~p~n", [element(1, element(2, catch erlang:system_flag(multi_scheduling, foo)))]).

state() -> io:format("~p~n", [erlang:system_info(multi_scheduling)]).
flag(F) -> io:format("~p ~p~n", [F, erlang:system_flag(multi_scheduling, F)]).

other(F) ->
    {P, R} = spawn_monitor(fun() -> exit(erlang:system_flag(multi_scheduling, F)) end),
    receive {'DOWN', R, _, P, Why} -> io:format("other ~p~n", [Why]) end.
