%% timers of one process go off in the order of their times
-module(conc_timer_order).
-export([main/0]).

main() ->
    Now = erlang:monotonic_time(millisecond) + 20,
    [erlang:send_after(Now + D, self(), D, [{abs, true}]) || D <- [40, 0, 20, 60, 10, 50, 30]],
    io:format("~p~n", [[receive X -> X end || _ <- lists:seq(1, 7)]]),
    Me = self(),
    Ps = [spawn(fun() -> [erlang:send_after(10 * K, self(), K) || K <- [4, 2, 1, 3, 5]], Me ! {self(), [receive X -> X end || _ <- lists:seq(1, 5)]} end) || _ <- lists:seq(1, 50)],
    io:format("~p~n", [lists:usort([receive {P, L} -> L end || P <- Ps])]).
