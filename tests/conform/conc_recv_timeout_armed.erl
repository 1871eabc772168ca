%% a timeout goes on running while messages come that do not match
-module(conc_recv_timeout_armed).
-export([main/0]).

main() ->
    Me = self(),
    P = spawn(fun() -> noise(Me) end),
    T0 = erlang:monotonic_time(millisecond),
    R = receive never -> never after 60 -> timeout end,
    T = erlang:monotonic_time(millisecond) - T0,
    exit(P, kill),
    io:format("~p ~p~n", [R, T >= 60 andalso T < 2000]),
    N = element(2, process_info(self(), message_queue_len)),
    io:format("~p~n", [N > 0]).

noise(To) -> To ! noise, receive after 1 -> noise(To) end.
