%% receives in funs, comprehensions, catches and try expressions
-module(conc_recv_fun).
-export([main/0]).

main() ->
    Get = fun(T) -> receive {T, X} -> X after 0 -> none end end,
    [self() ! {I rem 3, I} || I <- lists:seq(1, 9)],
    io:format("~p~n", [[Get(T) || T <- [2, 1, 0, 2, 1, 0]]]),
    io:format("~p~n", [[X || T <- [0, 1, 2], X <- [receive {T, V} -> V end], X > 7]]),
    self() ! {boom, x},
    io:format("~p~n", [try receive {boom, W} -> error(W) end catch error:E -> {caught, E} end]),
    self() ! {boom, y},
    io:format("~p~n", [catch receive {boom, W2} -> throw({thrown, W2}) end]),
    io:format("~p~n", [try receive never -> 1 after 1 -> exit(timed) end catch exit:T1 -> T1 after self() ! after_ran end]),
    io:format("~p~n", [receive after_ran -> yes after 0 -> no end]).
