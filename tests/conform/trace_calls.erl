%% calls of functions and built-ins, told to a tracer
%% conform: separate
-module(trace_calls).
-export([main/0, add/2, fact/1, twice/1, loop/1, boom/1, outer/1, number/1]).

main() ->
    P = spawn(fun worker/0),
    1 = erlang:trace(P, true, [call]),
    globals_and_locals(P),
    exceptions(P),
    built_ins(P),
    counts(P),
    metas(P),
    returns(P),
    silence(P),
    actions(P),
    off(P).

%% Only calls by the export are global; own ones show where all are wanted.
globals_and_locals(P) ->
    pattern({?MODULE, add, 2}, true, []),
    pattern({?MODULE, fact, 1}, [{'_', [], [{return_trace}]}], [local]),
    pattern({?MODULE, nobody, '_'}, true, [local]),
    pattern({nobody, '_', '_'}, true, [local]),
    run(P, fun() -> ?MODULE:add(1, 2), add(3, 4), fact(3), ?MODULE:twice(4) end),
    pattern({?MODULE, fact, 1}, [{['$1'], [{'>', '$1', 1}], [{message, {{big, '$1'}}}]}], [local]),
    run(P, fun() -> fact(3) end),
    [show(erlang:trace_info({?MODULE, F, A}, Item))
     || {F, A} <- [{fact, 1}, {add, 2}, {loop, 1}, {nobody, 2}],
        Item <- [traced, match_spec, meta, call_count, all]].

exceptions(P) ->
    pattern({?MODULE, boom, 1}, [{'_', [], [{exception_trace}, {message, {caller}}]}], [local]),
    run(P, fun() -> catch outer(1) end),
    run(P, fun() -> try outer(2) catch E:R:S -> show({E, R, [{M, F, A} || {M, F, A, _} <- S]}) end end),
    pattern({?MODULE, boom, 1}, false, [local]),
    run(P, fun() -> catch outer(1) end).

built_ins(P) ->
    pattern({erlang, list_to_integer, 1}, [{'_', [], [{exception_trace}, {message, {caller}}]}], [local]),
    run(P, fun() -> _ = number("12"), catch number("x") end),
    pattern({lists, reverse, 2}, true, [local]),
    run(P, fun() -> lists:reverse([1, 2, 3]) end),
    pattern({erlang, list_to_integer, 1}, false, [local]),
    pattern({lists, reverse, 2}, false, [local]),
    run(P, fun() -> _ = number("12") end).

counts(P) ->
    pattern({?MODULE, loop, 1}, true, [call_count]),
    loop(10), loop(5),
    show(erlang:trace_info({?MODULE, loop, 1}, call_count)),
    pattern({?MODULE, loop, 1}, pause, [call_count]),
    loop(10),
    show(erlang:trace_info({?MODULE, loop, 1}, call_count)),
    pattern({?MODULE, loop, 1}, restart, [call_count]),
    loop(3),
    show(erlang:trace_info({?MODULE, loop, 1}, call_count)),
    pattern({?MODULE, loop, 1}, true, [call_time]),
    loop(3), % of processes that are traced only
    show(erlang:trace_info({?MODULE, loop, 1}, call_time)),
    run(P, fun() -> loop(3) end),
    {call_time, [{P, 4, _, _}]} = erlang:trace_info({?MODULE, loop, 1}, call_time),
    pattern({?MODULE, loop, 1}, false, [call_count, call_time]),
    show(erlang:trace_info({?MODULE, loop, 1}, all)).

metas(P) ->
    pattern({?MODULE, twice, 1}, [{'_', [], [{return_trace}]}], [meta]),
    run(P, fun() -> twice(4) end),
    show(erlang:trace_info({?MODULE, twice, 1}, meta_match_spec)),
    pattern({?MODULE, twice, 1}, false, [meta]).

returns(P) ->
    pattern({?MODULE, fact, 1}, true, [local]),
    erlang:trace(P, true, [return_to, arity]),
    run(P, fun() -> outer(0), ok end),
    erlang:trace(P, false, [return_to, arity]).

silence(P) ->
    pattern({?MODULE, twice, 1}, [{'_', [], [{silent, true}]}], [local]),
    run(P, fun() -> fact(0), twice(1), fact(0) end),
    erlang:trace(P, false, [silent]),
    run(P, fun() -> fact(0) end).

actions(P) ->
    pattern({?MODULE, twice, 1}, [{'_', [], [{trace, [], [timestamp]}]}], [local]),
    run(P, fun() -> twice(1) end),
    show(lists:sort(element(2, erlang:trace_info(P, flags)))),
    pattern({?MODULE, twice, 1}, [{'_', [], [{disable_trace, timestamp}]}], [local]),
    run(P, fun() -> twice(2) end),
    show(lists:sort(element(2, erlang:trace_info(P, flags)))).

off(P) ->
    _ = erlang:trace_pattern({'_', '_', '_'}, false, []),
    _ = erlang:trace_pattern({'_', '_', '_'}, false, [local]),
    run(P, fun() -> fact(2), ?MODULE:add(1, 2) end),
    [show(catch erlang:trace_pattern(X, Y, Z))
     || {X, Y, Z} <- [{{?MODULE, '_', 1}, true, []}, {{'_', loop, 1}, true, []},
                      {{?MODULE, loop, 1}, what, []}, {{?MODULE, loop, 1}, true, [global, local]},
                      {{?MODULE, loop, 1}, true, [what]}, {{?MODULE, loop, 1}, restart, [local]},
                      {{?MODULE, loop, 1}, [{'_', [], [{what}]}], [local]}]].

pattern(Of, Spec, Flags) -> show(erlang:trace_pattern(Of, Spec, Flags)).

run(P, F) ->
    P ! {self(), F},
    receive {done, P} -> ok end,
    Ref = erlang:trace_delivered(P),
    told(P, Ref).

told(P, Ref) ->
    receive
        {trace_delivered, P, Ref} -> io:format("-~n");
        M when element(1, M) =:= trace_ts -> show({ts, lists:sublist(tuple_to_list(M), 3, tuple_size(M) - 3)}), told(P, Ref);
        M -> show(tl(tl(tuple_to_list(M)))), told(P, Ref)
    end.

show({'EXIT', {R, _}}) -> io:format("EXIT ~p~n", [R]);
show(X) -> io:format("~p~n", [X]).

worker() -> receive {From, F} -> F(), From ! {done, self()}, worker() end.

add(A, B) -> A + B.
fact(0) -> 1;
fact(N) -> N * fact(N - 1).
twice(X) -> 2 * X.
loop(0) -> ok;
loop(N) -> loop(N - 1).
boom(X) -> 1 = X + 1, ok.
outer(0) -> X = fact(2), X;
outer(X) -> Y = boom(X), Y.
number(S) -> I = list_to_integer(S), I + 1.
