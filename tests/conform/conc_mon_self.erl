%% monitors of oneself, by pid and by name
-module(conc_mon_self).
-export([main/0]).

main() ->
    R = monitor(process, self()),
    io:format("~p~n", [is_reference(R)]),
    io:format("~p~n", [process_info(self(), monitors)]),
    io:format("~p~n", [[demonitor(R, [info]), demonitor(R), demonitor(R, [flush])]]),
    register(conc_me, self()),
    R2 = monitor(process, conc_me),
    R3 = monitor(process, {conc_me, node()}),
    io:format("~p~n", [[R2 =/= R3, demonitor(R2, [info]), demonitor(R3)]]),
    Me = self(),
    {P, RP} = spawn_monitor(fun() -> monitor(process, self()), monitor(process, Me), exit(bye) end),
    io:format("~p~n", [receive {'DOWN', RP, process, P, W} -> W end]),
    io:format("~p~n", [receive X -> X after 20 -> none end]).
