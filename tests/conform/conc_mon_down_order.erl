%% DOWN messages of one process's many monitors all come, of ends in order in order
-module(conc_mon_down_order).
-export([main/0]).

main() ->
    Ps = [spawn(fun() -> receive stop -> exit(I) end end) || I <- lists:seq(1, 100)],
    Rs = [monitor(process, P) || P <- Ps],
    L = [begin P ! stop, receive {'DOWN', R, process, P, W} -> W end end || {P, R} <- lists:zip(Ps, Rs)],
    io:format("~p~n", [L =:= lists:seq(1, 100)]),
    io:format("~p~n", [process_info(self(), message_queue_len)]).
