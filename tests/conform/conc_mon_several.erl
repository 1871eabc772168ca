%% many monitors of one process by one process and by many
-module(conc_mon_several).
-export([main/0]).

main() ->
    Me = self(),
    P = spawn(fun() -> receive stop -> exit(done) end end),
    Rs = [monitor(process, P) || _ <- lists:seq(1, 50)],
    Ws = [spawn(fun() -> R = monitor(process, P), Me ! set, receive {'DOWN', R, process, P, W} -> Me ! {self(), W} end end) || _ <- lists:seq(1, 50)],
    [receive set -> ok end || _ <- Ws],
    io:format("~p~n", [length(element(2, process_info(P, monitored_by)))]),
    io:format("~p~n", [length(lists:usort(element(2, process_info(P, monitored_by))))]),
    {Drop, Keep} = lists:split(20, Rs),
    io:format("~p~n", [lists:usort([demonitor(R, [info]) || R <- Drop])]),
    io:format("~p~n", [length(element(2, process_info(P, monitored_by)))]),
    io:format("~p~n", [length(element(2, process_info(self(), monitors)))]),
    P ! stop,
    io:format("~p~n", [lists:usort([receive {'DOWN', R, process, P, W} -> W end || R <- Keep])]),
    io:format("~p~n", [lists:usort([receive {Q, W} -> W end || Q <- Ws])]),
    io:format("~p~n", [receive X -> X after 10 -> none end]),
    io:format("~p~n", [process_info(self(), monitors)]).
