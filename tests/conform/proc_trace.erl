%% what a traced process tells its tracer
%% conform: no-stress separate
-module(proc_trace).
-export([main/0, child/1, flush/1]).
child(L) -> receive {do, F} -> F(), child(L); stop -> done end.

flush(Names) ->
    receive
        M when element(1, M) =:= trace; element(1, M) =:= trace_ts -> [rename(M, Names) | flush(Names)]
    after 0 -> []
    end.

rename(T, Names) when is_tuple(T) -> list_to_tuple([rename(E, Names) || E <- tuple_to_list(T)]);
rename([H | T], Names) -> [rename(H, Names) | rename(T, Names)];
rename(P, Names) when is_pid(P) -> case lists:keyfind(P, 1, Names) of {P, N} -> N; false -> pid end;
rename(F, _) when is_function(F) -> fn;
rename(F, _) when is_reference(F) -> ref;
rename(T, _) -> T.

unlinked() -> case process_info(self(), links) of {links, []} -> ok; _ -> unlinked() end.

wait(P) ->
    R = erlang:trace_delivered(P),
    receive {trace_delivered, P, R} -> ok end.

do(P, F) ->
    Me = self(),
    P ! {do, fun() -> F(), Me ! {done, P} end},
    receive {done, P} -> ok end.

show(P, Names) -> wait(P), io:format("~p~n", [flush([{P, p}, {self(), me} | Names])]).

main() ->
    P = spawn(?MODULE, child, [x]),
    Q = spawn(?MODULE, child, [y]),
    Gone = spawn(fun() -> ok end),
    R = monitor(process, Gone), receive {'DOWN', R, _, _, _} -> ok end,
    N = [{Q, q}, {Gone, gone}],
    io:format("~p~n", [erlang:trace(P, true, [send])]),
    do(P, fun() -> Q ! hello, Gone ! lost, erlang:send(Q, again, []) end),
    show(P, N),
    io:format("~p~n", [[erlang:trace(P, false, [send]), erlang:trace(P, true, ['receive'])]]),
    P ! {x, y}, do(P, fun() -> ok end),
    show(P, N),
    io:format("~p ~p~n", [erlang:trace_info(P, flags), rename(erlang:trace_info(P, tracer), [{self(), me}])]),
    io:format("~p~n", [erlang:trace(P, false, [all])]),
    io:format("~p ~p~n", [erlang:trace_info(P, flags), erlang:trace_info(P, tracer)]),
    erlang:trace(P, true, [procs]),
    do(P, fun() -> link(Q), unlink(Q), register(foo, self()), unregister(foo) end),
    show(P, N),
    do(P, fun() -> spawn(?MODULE, flush, [[]]), spawn_link(fun() -> ok end), unlinked() end),
    show(P, N),
    erlang:trace(P, true, [set_on_first_spawn]),
    do(P, fun() -> {X, XR} = spawn_monitor(fun() -> exit(bye) end), receive {'DOWN', XR, _, X, _} -> ok end end),
    show(P, N),
    io:format("~p~n", [erlang:trace_info(P, flags)]),
    erlang:trace(P, true, [set_on_link]),
    do(P, fun() -> link(Q) end),
    do(Q, fun() -> register(bar, self()) end),
    wait(Q), show(P, N),
    io:format("~p ~p~n", [erlang:trace_info(Q, flags), catch erlang:trace(Q, true, [send, {tracer, P}])]),
    unlink(P), P ! stop, R2 = monitor(process, P), receive {'DOWN', R2, _, _, _} -> ok end,
    show(P, N),
    T = spawn(?MODULE, child, [z]),
    erlang:trace(T, true, [send, timestamp]),
    do(T, fun() -> self() ! a end),
    io:format("~p~n", [[{A, B} || {A, _, B, _, _, {_, _, _}} <- flush([])]]),
    erlang:trace(T, false, [timestamp]), erlang:trace(T, true, [strict_monotonic_timestamp]),
    do(T, fun() -> self() ! a end),
    io:format("~p~n", [[{A, B} || {A, _, B, _, _, {_, _}} <- flush([])]]),
    erlang:trace(T, false, [all]), erlang:trace(T, true, [monotonic_timestamp, send]),
    do(T, fun() -> self() ! a end),
    io:format("~p~n", [[{A, B} || {A, _, B, _, _, C} <- flush([]), is_integer(C)]]),
    erlang:trace(T, false, [all]),
    erlang:trace(T, true, [running]),
    do(T, fun() -> ok end), erlang:trace(T, false, [all]), wait(T),
    io:format("~p~n", [lists:sublist(flush([{T, t}]), 1)]),
    erlang:trace(T, true, [garbage_collection]),
    do(T, fun() -> erlang:garbage_collect() end),
    io:format("~p~n", [[{What, is_list(I)} || {trace, _, What, I} <- flush([]), What =:= gc_major_start orelse What =:= gc_major_end]]),
    [io:format("~p~n", [try erlang:trace(A, B, C) catch E:Re -> {E, Re} end]) ||
        {A, B, C} <- [{self(), true, [send]}, {Gone, true, [send]}, {T, maybe_, [send]}, {T, true, [nope]}, {T, true, send},
                      {foo, true, []}, {T, true, [{tracer, Gone}]}, {T, true, [{tracer, T}]}, {new, true, []}]],
    io:format("~p ~p~n", [erlang:trace_info(Gone, flags), erlang:trace_info(new, flags)]),
    1 = erlang:trace(T, true, [send]),
    erlang:trace_pattern(send, false, []), do(T, fun() -> ok end), io:format("~p~n", [flush([])]),
    erlang:trace_pattern(send, true, []), do(T, fun() -> ok end), io:format("~p~n", [length(flush([]))]).
