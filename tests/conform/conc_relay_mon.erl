%% who watches the watchers: a process that ends while its monitors are set by many
-module(conc_relay_mon).
-export([main/0]).

main() ->
    Me = self(),
    L = [begin
        P = spawn(fun() -> receive stop -> exit(stopped) end end),
        Ws = [spawn(fun() -> R = monitor(process, P), receive {'DOWN', R, process, P, W} -> Me ! {self(), lists:member(W, [stopped, noproc])} after 5000 -> Me ! {self(), lost} end end) || _ <- lists:seq(1, 10)],
        P ! stop,
        [receive {W, X} -> X end || W <- Ws]
    end || _ <- lists:seq(1, 100)],
    io:format("~p~n", [lists:usort(lists:append(L))]).
