%% processes that end at the same time as their partners
-module(conc_exit_dying_linked).
-export([main/0]).

main() ->
    L = [begin
        {A, RA} = spawn_monitor(fun() -> receive {go, B} -> link(B), exit(a) end end),
        {B, RB} = spawn_monitor(fun() -> receive go -> exit(b) end end),
        A ! {go, B}, B ! go,
        WA = receive {'DOWN', RA, _, _, W1} -> W1 end, WB = receive {'DOWN', RB, _, _, W2} -> W2 end,
        {lists:member(norm(WA), [a, b, noproc]), lists:member(WB, [a, b])}
    end || _ <- lists:seq(1, 500)],
    io:format("~p~n", [lists:usort(L)]).

norm({noproc, _}) -> noproc;
norm(W) -> W.
