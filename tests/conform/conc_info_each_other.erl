%% processes that ask each other at the same time do not wait for ever
-module(conc_info_each_other).
-export([main/0]).

main() ->
    Me = self(),
    Ps = [spawn(fun() -> receive {all, All} -> ask(200, All), Me ! {done, self()}, receive stop -> ok end end end) || _ <- lists:seq(1, 8)],
    [P ! {all, Ps} || P <- Ps],
    io:format("~p~n", [[receive {done, P} -> done after 15000 -> stuck end || P <- Ps]]),
    [P ! stop || P <- Ps].

ask(0, _) -> ok;
ask(N, All) ->
    [case N rem 3 of 0 -> {links, []} = process_info(P, links); 1 -> true = is_process_alive(P); 2 -> true = garbage_collect(P) end || P <- All],
    ask(N - 1, All).
