%% microstate accounting, blocked dirty pools, nodes that identifiers name
-module(conc_accounting).
-export([main/0]).

main() ->
    accounting(),
    blocking(),
    nodes_known().

accounting() ->
    show(erlang:system_flag(microstate_accounting, true)),
    show(erlang:system_flag(microstate_accounting, true)),
    _ = [lists:sort(lists:seq(1, 1000)) || _ <- lists:seq(1, 100)],
    receive after 20 -> ok end,
    show(erlang:system_flag(microstate_accounting, false)),
    L = erlang:statistics(microstate_accounting),
    Schedulers = [C || #{type := scheduler, counters := C} <- L],
    show(length(Schedulers) =:= erlang:system_info(schedulers)),
    show(lists:usort([lists:sort(maps:keys(C)) || C <- Schedulers])),
    show(lists:sum([E || #{emulator := E} <- Schedulers]) > 0),
    show(lists:sum([S || #{sleep := S} <- Schedulers]) > 0),
    show(erlang:system_flag(microstate_accounting, reset)),
    show(lists:sum([lists:sum(maps:values(C)) || #{counters := C} <- erlang:statistics(microstate_accounting)])),
    show(catch erlang:system_flag(microstate_accounting, what)).

blocking() ->
    show(erlang:system_flag(multi_scheduling, block)),
    {ok, F} = file:open("/dev/null", [raw, write]), % a call for a dirty pool
    show(file:write(F, "x")),
    show([lists:last(tuple_to_list(T)) || {K, _, _, _} = T <- erlang:system_info(all_schedulers_state), K =/= normal]),
    file:close(F),
    show(erlang:system_flag(multi_scheduling, unblock)).

nodes_known() ->
    P = binary_to_term(<<131, 103, 100, 0, 3, "a@b", 0, 0, 0, 9, 0, 0, 0, 1, 2>>),
    R1 = binary_to_term(<<131, 101, 100, 0, 3, "a@b", 0, 0, 0, 9, 2>>),
    show({node(P), node(R1)}),
    show(lists:sort(nodes(known))),
    show(catch binary_to_term(<<131, 103, 100, 0, 13, "nonode@nohost", 0, 0, 255, 255, 0, 0, 0, 1, 0>>)),
    show([P, R1] =/= []).

show({'EXIT', {R, _}}) -> io:format("EXIT ~p~n", [R]);
show(X) -> io:format("~p~n", [X]).
