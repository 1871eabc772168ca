%% what was there before make_ref or monitor does not matter to a reply
-module(conc_recv_marker).
-export([main/0]).

main() ->
    [self() ! {old, I} || I <- lists:seq(1, 20000)],
    Echo = spawn(fun() -> echo() end),
    T0 = erlang:monotonic_time(millisecond),
    L = [begin Ref = make_ref(), Echo ! {self(), Ref, I}, receive {Ref, X} -> X end end || I <- lists:seq(1, 5000)],
    L2 = [begin Ref = monitor(process, Echo), Echo ! {self(), Ref, I}, receive {Ref, X} -> demonitor(Ref, [flush]), X; {'DOWN', Ref, _, _, _} -> down end end || I <- lists:seq(1, 5000)],
    T = erlang:monotonic_time(millisecond) - T0,
    io:format("~p ~p ~p~n", [L =:= lists:seq(1, 5000), L2 =:= L, T < 5000]),
    io:format("~p~n", [element(2, process_info(self(), message_queue_len))]),
    io:format("~p~n", [[receive {old, I} -> I end || _ <- lists:seq(1, 20000)] =:= lists:seq(1, 20000)]).

echo() -> receive {From, Ref, X} -> From ! {Ref, X}, echo() end.
