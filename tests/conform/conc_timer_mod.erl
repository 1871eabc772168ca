%% the timer module: sleep, apply, send, intervals, cancel, tc
-module(conc_timer_mod).
-export([main/0]).

main() ->
    Me = self(),
    {ok, _} = timer:send_after(5, hello),
    io:format("~p~n", [receive X -> X after 3000 -> lost end]),
    {ok, _} = timer:apply_after(5, erlang, send, [Me, applied]),
    io:format("~p~n", [receive X2 -> X2 after 3000 -> lost end]),
    {ok, T} = timer:send_interval(3, tick),
    io:format("~p~n", [[receive tick -> tick after 3000 -> lost end || _ <- lists:seq(1, 5)]]),
    io:format("~p~n", [timer:cancel(T)]),
    flush(),
    io:format("~p~n", [receive tick -> late after 20 -> quiet end]),
    {ok, T2} = timer:send_after(50000, x),
    io:format("~p~n", [timer:cancel(T2)]),
    io:format("~p~n", [element(1, timer:cancel(x))]),
    io:format("~p~n", [{timer:seconds(2), timer:minutes(1), timer:hours(1), timer:hms(1, 2, 3)}]),
    {U, V} = timer:tc(fun() -> timer:sleep(5), done end),
    io:format("~p ~p~n", [U >= 5000, V]).

flush() -> receive tick -> flush() after 10 -> ok end.
