%% taking from the middle leaves the rest in order
-module(conc_recv_order_left).
-export([main/0]).

main() ->
    [self() ! I || I <- lists:seq(1, 50)],
    Even = [receive I -> I end || I <- lists:seq(2, 50, 2)],
    io:format("~p~n", [Even]),
    io:format("~p~n", [drain()]),
    [self() ! I || I <- lists:seq(1, 10)],
    io:format("~p~n", [[receive I -> I end || I <- lists:seq(10, 1, -1)]]),
    io:format("~p~n", [drain()]).

drain() -> receive X -> [X | drain()] after 0 -> [] end.
