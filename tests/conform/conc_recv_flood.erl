%% a receiver that waits for a rare message while others flood it
-module(conc_recv_flood).
-export([main/0]).

main() ->
    Me = self(),
    Fs = [spawn_monitor(fun() -> [Me ! {noise, I, K} || K <- lists:seq(1, 2000)], Me ! {rare, I} end) || I <- lists:seq(1, 8)],
    io:format("~p~n", [[receive {rare, I} -> I end || I <- lists:seq(8, 1, -1)]]),
    io:format("~p~n", [[receive {'DOWN', R, _, _, W} -> W end || {_, R} <- Fs]]),
    io:format("~p~n", [count(0)]).

count(N) -> receive {noise, _, _} -> count(N + 1) after 0 -> N end.
