%% timers cancelled by other processes than those that set them
-module(conc_timer_race_other).
-export([main/0]).

main() ->
    Me = self(),
    Cs = [spawn(fun() -> canceller(Me) end) || _ <- [1, 2, 3]],
    L = [begin
        R = erlang:send_after(I rem 4, Me, {tick, I}),
        [C ! {cancel, R, I} || C <- Cs],
        Xs = [receive {cancelled, I, X} -> X end || _ <- Cs],
        Won = length([X || X <- Xs, X =/= false]),
        Came = receive {tick, I} -> 1 after case Won of 0 -> 5000; _ -> 0 end -> 0 end,
        Won + Came
    end || I <- lists:seq(1, 300)],
    io:format("~p~n", [lists:usort(L)]).

canceller(Me) -> receive {cancel, R, I} -> Me ! {cancelled, I, erlang:cancel_timer(R)}, canceller(Me) end.
