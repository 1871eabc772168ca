%% kill cannot be trapped and becomes killed; killed can; kill as a reason of one's own is another
-module(conc_exit_kill).
-export([main/0]).

main() ->
    io:format("~p~n", [end_of(fun() -> process_flag(trap_exit, true), wait() end, kill)]),
    io:format("~p~n", [end_of(fun() -> process_flag(trap_exit, true), wait() end, killed)]),
    io:format("~p~n", [end_of(fun() -> wait() end, killed)]),
    io:format("~p~n", [end_of(fun() -> exit(kill) end, none)]),
    io:format("~p~n", [end_of(fun() -> process_flag(trap_exit, true), exit(self(), kill), wait() end, none)]),
    io:format("~p~n", [end_of(fun() -> process_flag(trap_exit, true), P = spawn_link(fun() -> exit(kill) end), receive {'EXIT', P, W} -> exit({got, W}) end end, none)]),
    io:format("~p~n", [end_of(fun() -> spawn_link(fun() -> exit(kill) end), wait() end, none)]),
    io:format("~p~n", [end_of(fun() -> P = spawn_link(fun() -> wait() end), exit(P, kill), wait() end, none)]),
    io:format("~p~n", [end_of(fun() -> process_flag(trap_exit, true), P = spawn_link(fun() -> wait() end), exit(P, kill), receive {'EXIT', P, W} -> exit({got, W}) end end, none)]).

wait() -> receive {'EXIT', _, W} -> exit({trapped, W}) end.
end_of(F, Why) ->
    {P, R} = spawn_monitor(fun() -> receive go -> F() end end),
    P ! go,
    case Why of none -> ok; _ -> trapping(P, 1000), exit(P, Why) end,
    receive {'DOWN', R, _, _, W} -> W end.
trapping(_, 0) -> ok;
trapping(P, N) ->
    case process_info(P, [status, current_function]) of
        [{status, waiting}, {current_function, {_, wait, 0}}] -> ok;
        _ -> erlang:yield(), trapping(P, N - 1)
    end.
