%% no timer and no receive timeout is early
-module(conc_timer_early).
-export([main/0]).

main() ->
    Me = self(),
    Ps = [spawn(fun() -> Me ! {self(), early(I rem 20)} end) || I <- lists:seq(1, 200)],
    io:format("~p~n", [lists:usort([receive {P, X} -> X after 10000 -> lost end || P <- Ps])]).

early(T) ->
    A = erlang:monotonic_time(microsecond),
    receive after T -> ok end,
    B = erlang:monotonic_time(microsecond),
    erlang:send_after(T, self(), now),
    receive now -> ok end,
    C = erlang:monotonic_time(microsecond),
    {B - A >= T * 1000, C - B >= T * 1000}.
