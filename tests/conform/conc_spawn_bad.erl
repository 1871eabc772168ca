%% spawns with wrong arguments
-module(conc_spawn_bad).
-export([main/0, id/1]).

main() ->
    F = fun() -> ok end,
    T = fun(Name, Args) -> io:format("~p ~p~n", [Name, try apply(erlang, Name, Args) of X when is_pid(X) -> pid; _ -> other catch C:R -> {C, R} end]) end,
    [T(S, [X]) || S <- [spawn, spawn_link, spawn_monitor], X <- [1, "f", {m, f}, fun(_) -> 1 end, [], #{}], X =/= {m, f}, not is_function(X)],
    [T(S, As) || S <- [spawn, spawn_link, spawn_monitor], As <- [[m, f, x], [m, f, [a | b]], [1, f, []], [m, "f", []]]],
    [T(spawn_opt, [F, O]) || O <- [x, [x], [{priority, top}], [{min_heap_size, -1}], [{min_heap_size, a}], [{fullsweep_after, -1}], [link | monitor], [{message_queue_data, x}],
                                   [{max_heap_size, -1}], [{max_heap_size, 1}], [{max_heap_size, #{}}], [{monitor, x}], [{monitor, [x]}], [{monitor, [{alias, x}]}], [{link, true}], [{min_bin_vheap_size, -3}]]],
    [T(spawn_opt, [M, Fn, As, O]) || {M, Fn, As, O} <- [{1, f, [], []}, {m, 1, [], []}, {m, f, x, []}, {m, f, [], x}, {m, f, [], [x]}]],
    process_flag(trap_exit, true),
    [begin {P, R} = spawn_monitor(M, Fn, As), receive {'DOWN', R, process, P, {W, [{A, B, _, _} | _]}} -> io:format("~p ~p~n", [W, {A, B}]) end end
     || {M, Fn, As} <- [{conc_no_module, f, []}, {?MODULE, nope, [1]}, {lists, map, [1]}, {erlang, atom_to_list, [1]}]],
    io:format("~p~n", [try spawn_monitor(id(fun(_) -> ok end)) of {_, B} -> receive {'DOWN', B, _, _, {W, _}} -> element(1, W) end catch C:E -> {C, E} end]).

id(X) -> X.
