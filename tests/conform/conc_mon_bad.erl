%% monitor with what cannot be watched
-module(conc_mon_bad).
-export([main/0, id/1]).

main() ->
    [io:format("~p ~p: ~p~n", [T, is_pid(X) orelse X, try monitor(id(T), id(X)) of R when is_reference(R) -> ref catch C:E -> {C, E} end])
     || {T, X} <- [{process, 1}, {process, "n"}, {process, {}}, {process, {a}}, {process, {a, 1}}, {process, {1, a}}, {process, {a, b, c}},
                   {procezz, self()}, {1, self()}, {port, 1}, {port, self()}, {time_offset, clock}, {time_offset, clock_service}]],
    [io:format("~p: ~p~n", [O, try monitor(process, self(), id(O)) of R when is_reference(R) -> ref catch C:E -> {C, E} end])
     || O <- [[], [x], x, [{tag}], [{tag, x}], [{alias, y}], [{alias, demonitor}], [{tag, x} | y], [{alias, reply_demonitor}, {alias, explicit_unalias}]]].

id(X) -> X.
