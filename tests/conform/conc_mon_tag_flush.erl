%% demonitor with flush takes away a message with a tag of its own, too
-module(conc_mon_tag_flush).
-export([main/0]).

main() ->
    P = spawn(fun() -> receive stop -> ok end end),
    R1 = monitor(process, P, [{tag, t1}]), R2 = monitor(process, P, [{tag, {t, 2}}]), R3 = monitor(process, P),
    P ! stop,
    receive {'DOWN', R3, _, _, _} -> ok end,
    R4 = monitor(process, P), receive {'DOWN', R4, _, _, _} -> ok end,
    io:format("~p~n", [process_info(self(), message_queue_len)]),
    io:format("~p~n", [demonitor(R1, [flush, info])]),
    io:format("~p~n", [process_info(self(), message_queue_len)]),
    io:format("~p~n", [demonitor(R2, [flush])]),
    io:format("~p~n", [process_info(self(), message_queue_len)]),
    Fake = make_ref(),
    self() ! {'DOWN', Fake, process, P, fake},
    io:format("~p~n", [demonitor(Fake, [flush, info])]),
    io:format("~p~n", [process_info(self(), message_queue_len)]).
