%% timers outlive the process that set them, and end with nobody at a dead target
-module(conc_timer_owner).
-export([main/0]).

main() ->
    Me = self(),
    {P, R} = spawn_monitor(fun() -> [erlang:send_after(10, Me, {from, I}) || I <- [1, 2, 3]], Me ! {ref, erlang:send_after(60000, Me, never)}, erlang:send_after(5, self(), x) end),
    receive {'DOWN', R, _, P, normal} -> ok end,
    io:format("~p~n", [[receive {from, I} -> I after 3000 -> lost end || I <- [1, 2, 3]]]),
    Ref = receive {ref, X} -> X end,
    io:format("~p~n", [is_integer(erlang:cancel_timer(Ref))]),
    io:format("~p~n", [receive Y -> Y after 10 -> empty end]).
