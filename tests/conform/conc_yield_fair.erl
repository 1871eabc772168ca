%% processes that never wait do not keep others from running
-module(conc_yield_fair).
-export([main/0]).

main() ->
    Me = self(),
    Bs = [spawn(fun() -> busy() end) || _ <- lists:seq(1, 8)],
    P = spawn(fun() -> pong() end),
    io:format("~p~n", [[begin P ! {Me, I}, receive {P, I} -> I end end || I <- lists:seq(1, 20)]]),
    io:format("~p~n", [receive x -> x after 5 -> timeout end]),
    [exit(B, kill) || B <- Bs].

busy() -> busy().
pong() -> receive {From, I} -> From ! {self(), I}, pong() end.
