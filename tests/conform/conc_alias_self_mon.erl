%% monitors of oneself and of ports as aliases
-module(conc_alias_self_mon).
-export([main/0]).

main() ->
    [begin
         R = monitor(process, self(), [{alias, M}]), R ! a,
         X = demonitor(R, [info]), U = unalias(R), R ! d,
         io:format("~p ~p~n", [M, {X, U, drain()}])
     end || M <- [explicit_unalias, demonitor, reply_demonitor]],
    [begin
         R = monitor(port, conc_no_port, [{alias, M}]),
         receive {'DOWN', R, port, {conc_no_port, _}, W} -> io:format("~p ~p ~p~n", [M, W, drain()]) end
     end || M <- [explicit_unalias, demonitor, reply_demonitor]].

drain() -> receive X -> [X | drain()] after 0 -> [] end.
