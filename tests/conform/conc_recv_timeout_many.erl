%% hundreds of processes with timeouts while others send them noise
-module(conc_recv_timeout_many).
-export([main/0]).

main() ->
    Me = self(),
    Ps = [spawn(fun() -> Me ! {self(), wait(I rem 10)} end) || I <- lists:seq(1, 300)],
    Noise = [spawn(fun() -> [begin [P ! noise || P <- Ps], receive after 1 -> ok end end || _ <- lists:seq(1, 10)] end) || _ <- [1, 2, 3]],
    io:format("~p~n", [lists:usort([receive {P, X} -> X after 5000 -> lost end || P <- Ps])]),
    io:format("~p~n", [length(Noise)]).

wait(T) -> receive yes -> yes after T -> receive yes -> yes after T * 2 -> done end end.
