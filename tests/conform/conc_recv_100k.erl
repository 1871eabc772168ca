%% one message out of 100,000, and then all of them backwards in chunks
-module(conc_recv_100k).
-export([main/0]).

main() ->
    [self() ! I || I <- lists:seq(1, 100000)],
    io:format("~p~n", [receive 100000 -> last end]),
    io:format("~p~n", [receive 50000 -> middle end]),
    io:format("~p~n", [element(2, process_info(self(), message_queue_len))]),
    io:format("~p~n", [drain(0, 0)]).

drain(N, S) -> receive X -> drain(N + 1, S + X) after 0 -> {N, S} end.
