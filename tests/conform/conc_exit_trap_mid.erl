%% trap_exit switched on and off while linked
-module(conc_exit_trap_mid).
-export([main/0]).

main() ->
    Me = self(),
    io:format("~p~n", [[process_flag(trap_exit, X) || X <- [true, true, false, false]]]),
    {_, R} = spawn_monitor(fun() ->
        process_flag(trap_exit, true),
        A = spawn_link(fun() -> receive stop -> exit(first) end end),
        B = spawn_link(fun() -> receive stop -> exit(second) end end),
        A ! stop,
        receive {'EXIT', A, W} -> Me ! {trapped, W} end,
        process_flag(trap_exit, false),
        B ! stop,
        receive X -> Me ! {no, X} end
    end),
    io:format("~p~n", [receive {trapped, W} -> W end]),
    io:format("~p~n", [receive {'DOWN', R, _, _, W2} -> W2 end]),
    {_, R2} = spawn_monitor(fun() ->
        process_flag(trap_exit, true),
        exit(self(), kept), process_flag(trap_exit, false),
        receive {'EXIT', _, W3} -> exit({still_there, W3}) after 0 -> exit(gone) end
    end),
    io:format("~p~n", [receive {'DOWN', R2, _, _, W4} -> W4 end]).
