%% monitors in a ring: ends follow one another by DOWN messages
-module(conc_mon_ring).
-export([main/0]).

main() ->
    Me = self(),
    N = 300,
    Last = lists:foldl(fun(_, Next) -> P = spawn(fun() -> R = monitor(process, Next), Me ! {set, self()}, receive {'DOWN', R, process, Next, W} -> exit(W + 1) end end), receive {set, P} -> P end end,
                       First = spawn(fun() -> receive {stop, W} -> exit(W) end end), lists:seq(1, N)),
    R = monitor(process, Last),
    First ! {stop, 0},
    io:format("~p~n", [receive {'DOWN', R, _, _, X} -> X end]).
