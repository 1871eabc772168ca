%% hibernation: woken by a message, at once where one is there, state kept in arguments
-module(conc_hib_basic).
-export([main/0, awake/2, loop/1]).

main() ->
    Me = self(),
    P = spawn(fun() -> erlang:hibernate(?MODULE, awake, [Me, lists:seq(1, 5)]) end),
    settle(P),
    io:format("~p~n", [process_info(P, [status, current_function, message_queue_len])]),
    P ! hello,
    io:format("~p~n", [receive {P, X} -> X end]),
    Q = spawn(fun() -> self() ! early, erlang:hibernate(?MODULE, awake, [Me, x]) end),
    io:format("~p~n", [receive {Q, Y} -> Y end]),
    L = spawn(fun() -> loop(0) end),
    io:format("~p~n", [[begin L ! {Me, add, I}, receive {L, N} -> N end end || I <- lists:seq(1, 200)] =:= [I * (I + 1) div 2 || I <- lists:seq(1, 200)]]).

settle(P) -> case process_info(P, current_function) of {_, {erlang, hibernate, 3}} -> ok; _ -> settle(P) end.
awake(Me, S) -> receive M -> Me ! {self(), {M, S}} end.
loop(N) -> receive {From, add, K} -> From ! {self(), N + K}, erlang:hibernate(?MODULE, loop, [N + K]) end.
