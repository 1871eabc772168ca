%% a hundred thousand processes alive at once
%% conform: no-stress
-module(conc_spawn_100k).
-export([main/0]).

main() ->
    Me = self(),
    Ps = [spawn(fun() -> receive {add, X} -> Me ! X + I end end) || I <- lists:seq(1, 100000)],
    io:format("~p~n", [erlang:system_info(process_count) > 100000]),
    [P ! {add, 1} || P <- Ps],
    io:format("~p~n", [sum(100000, 0)]).

sum(0, S) -> S;
sum(N, S) -> receive X -> sum(N - 1, S + X) end.
