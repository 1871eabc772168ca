%% what a suspender holds is let go when it ends, and the end of the suspended is seen
-module(conc_susp_dies).
-export([main/0]).

main() ->
    Me = self(),
    L = [begin
        P = spawn(fun() -> receive {To, X} -> To ! X end end),
        {S, R} = spawn_monitor(fun() -> [erlang:suspend_process(P) || _ <- lists:seq(1, 5)], Me ! suspended, receive die -> exit(Why) end end),
        receive suspended -> ok end,
        P ! {Me, {hello, I}},
        case Why of kill -> exit(S, kill); _ -> S ! die end,
        receive {'DOWN', R, _, _, _} -> ok end,
        receive {hello, I} -> ok after 5000 -> stuck end
    end || {I, Why} <- lists:zip(lists:seq(1, 60), lists:append(lists:duplicate(20, [normal, boom, kill])))],
    io:format("~p~n", [lists:usort(L)]),
    P = spawn(fun() -> receive after infinity -> ok end end),
    R = monitor(process, P),
    erlang:suspend_process(P),
    exit(P, bye),
    io:format("~p~n", [receive {'DOWN', R, _, _, W} -> W after 2000 -> held end]),
    io:format("~p~n", [try erlang:resume_process(P) catch C:E -> {C, E} end]),
    io:format("~p~n", [try erlang:suspend_process(P) catch C2:E2 -> {C2, E2} end]).
