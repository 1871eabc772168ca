%% a receive timeout that runs out during a suspension takes effect after it
-module(conc_susp_timer).
-export([main/0]).

main() ->
    Me = self(),
    L = [begin
        P = spawn(fun() -> Me ! {self(), ready}, Me ! {self(), receive X -> {msg, X} after 3 -> timeout end} end),
        receive {P, ready} -> ok end,
        erlang:suspend_process(P),
        timer:sleep(6),
        R1 = receive {P, Y} -> {early, Y} after 0 -> held end,
        erlang:resume_process(P),
        R2 = receive {P, Z} -> Z after 3000 -> lost end,
        {R1, R2}
    end || _ <- lists:seq(1, 5)],
    io:format("~p~n", [[X || X <- lists:usort(L), X =/= {held, timeout}, X =/= {{early, timeout}, lost}]]),
    io:format("~p~n", [receive X -> X after 0 -> empty end]).
