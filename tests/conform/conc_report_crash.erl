%% reports of processes that fail: by error, by proc_lib, not by exits
%% conform: reports
-module(conc_report_crash).
-export([main/0, init/0]).

main() ->
    process_flag(trap_exit, true),
    [begin
         {P, R} = F(),
         receive {'DOWN', R, process, P, _} -> ok end,
         timer:sleep(200)
     end || F <- [fun() -> spawn_monitor(fun() -> exit(quiet) end) end,
                  fun() -> spawn_monitor(fun() -> throw(ball) end) end,
                  fun() -> {P, R} = spawn_monitor(fun() -> receive x -> ok end end), exit(P, shot), {P, R} end]],
    io:format("done~n").

init() -> ok.
