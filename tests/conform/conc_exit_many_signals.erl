%% of many exit signals the first that kills decides
-module(conc_exit_many_signals).
-export([main/0]).

main() ->
    L = [begin
        {P, R} = spawn_monitor(fun() -> receive after infinity -> ok end end),
        exit(P, normal), exit(P, {first, I}), exit(P, second), exit(P, kill),
        receive {'DOWN', R, _, _, W} -> W =:= {first, I} end
    end || I <- lists:seq(1, 300)],
    io:format("~p~n", [lists:usort(L)]),
    Me = self(),
    P = spawn(fun() -> process_flag(trap_exit, true), Me ! ready, timer:sleep(5), Me ! {got, drain()} end),
    receive ready -> ok end,
    [exit(P, I) || I <- lists:seq(1, 20)],
    io:format("~p~n", [receive {got, G} -> G end]).

drain() -> receive {'EXIT', _, X} -> [X | drain()] after 50 -> [] end.
