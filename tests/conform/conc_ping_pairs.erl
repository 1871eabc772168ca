%% hundreds of pairs that play ping-pong at once
-module(conc_ping_pairs).
-export([main/0]).

main() ->
    Me = self(),
    Ps = [spawn(fun() -> B = spawn(fun() -> pong() end), Me ! {self(), ping(B, 100, 0)} end) || _ <- lists:seq(1, 200)],
    io:format("~p~n", [lists:usort([receive {P, X} -> X end || P <- Ps])]).

ping(B, 0, S) -> B ! stop, S;
ping(B, N, S) -> B ! {self(), N}, receive {B, M} -> ping(B, N - 1, S + M) end.
pong() -> receive {P, N} -> P ! {self(), N * 2}, pong(); stop -> ok end.
