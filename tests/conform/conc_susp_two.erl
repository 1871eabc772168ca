%% two suspenders: the process runs when both let go
-module(conc_susp_two).
-export([main/0]).

main() ->
    Me = self(),
    P = spawn(fun echo/0),
    S = spawn(fun() -> erlang:suspend_process(P), Me ! suspended, receive go -> erlang:resume_process(P), Me ! resumed end, receive stop -> ok end end),
    receive suspended -> ok end,
    erlang:suspend_process(P),
    P ! {Me, 1},
    erlang:resume_process(P),
    io:format("~p~n", [receive 1 -> ran after 20 -> held end]),
    S ! go, receive resumed -> ok end,
    io:format("~p~n", [receive 1 -> ran after 2000 -> held end]),
    S ! stop.

echo() -> receive {To, X} -> To ! X, echo() end.
