%% 20,000 short processes from ten parents at once
-module(conc_spawn_storm).
-export([main/0]).

main() ->
    Me = self(),
    Ps = [spawn(fun() -> Me ! {self(), storm(2000)} end) || _ <- lists:seq(1, 10)],
    io:format("~p~n", [[receive {P, X} -> X end || P <- Ps]]).

storm(N) ->
    Me = self(),
    [spawn(fun() -> Me ! I end) || I <- lists:seq(1, N)],
    lists:sum([receive I -> I end || I <- lists:seq(1, N)]).
