%% send_after and start_timer to pids, names, dead processes, with all options
-module(conc_timer_forms).
-export([main/0, id/1]).

main() ->
    Me = self(),
    register(conc_timers, Me),
    erlang:send_after(1, Me, a), erlang:send_after(5, conc_timers, b), erlang:send_after(10, Me, c, []), erlang:send_after(15, conc_timers, d, [{abs, false}]),
    io:format("~p~n", [[receive X -> X after 3000 -> lost end || _ <- [1, 2, 3, 4]]]),
    R1 = erlang:start_timer(1, Me, a), R2 = erlang:start_timer(5, conc_timers, {b}, []), R3 = erlang:start_timer(0, Me, c),
    io:format("~p~n", [[receive {timeout, R, X} -> X after 3000 -> lost end || R <- [R1, R2, R3]]]),
    Now = erlang:monotonic_time(millisecond),
    R4 = erlang:start_timer(Now + 10, Me, abs, [{abs, true}]),
    erlang:send_after(Now, Me, past, [{abs, true}]),
    io:format("~p~n", [[receive past -> past end, receive {timeout, R4, X} -> X end, erlang:monotonic_time(millisecond) >= Now + 10]]),
    Dead = begin {P, R} = spawn_monitor(fun() -> ok end), receive {'DOWN', R, _, _, _} -> P end end,
    R5 = erlang:send_after(5, Dead, x), R6 = erlang:send_after(5, conc_nobody, x),
    io:format("~p~n", [[is_reference(R5), is_reference(R6)]]),
    timer:sleep(15),
    io:format("~p~n", [[erlang:cancel_timer(R6), erlang:read_timer(R6)]]),
    [io:format("~p~n", [try apply(erlang, F, As) of Rx when is_reference(Rx) -> ref catch C:E -> {C, E} end])
     || F <- [send_after, start_timer], As <- [[-1, Me, x], [x, Me, x], [1.0, Me, x], [1, "p", x], [1, {a, b}, x], [1 bsl 64, Me, x], [1, Me, x, [x]], [1, Me, x, x], [1, Me, x, [{abs, 1}]], [1, 1, x]]],
    io:format("~p~n", [receive Last -> Last after 0 -> empty end]).

id(X) -> X.
