%% thousands of timers, half of them cancelled
-module(conc_timer_many).
-export([main/0]).

main() ->
    Rs = [{I, erlang:send_after(20 + I rem 40, self(), {t, I})} || I <- lists:seq(1, 5000)],
    Gone = [I || {I, R} <- Rs, I rem 2 =:= 0, erlang:cancel_timer(R) =/= false],
    Left = [I || {I, _} <- Rs] -- Gone,
    Got = [receive {t, I} -> I after 5000 -> lost end || I <- Left],
    io:format("~p~n", [Got =:= Left]),
    timer:sleep(5),
    io:format("~p~n", [receive X -> X after 0 -> empty end]).
