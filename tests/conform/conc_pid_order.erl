%% a later process has a larger identifier
-module(conc_pid_order).
-export([main/0]).

main() ->
    Pids = [spawn(fun() -> case N rem 3 of 0 -> receive stop -> ok end; _ -> ok end end) || N <- lists:seq(1, 3000)],
    io:format("~p~n", [Pids =:= lists:sort(Pids) andalso length(lists:usort(Pids))]),
    [P ! stop || P <- Pids].
