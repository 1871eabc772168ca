%% match specifications for sent and received messages
%% conform: separate
-module(proc_trace_match).
-export([main/0, child/0]).

child() -> receive {do, F} -> F(), child() end.

flush() -> receive M when element(1, M) =:= trace -> [setelement(2, M, p) | flush()] after 0 -> [] end.

do(P, Messages) ->
    Me = self(),
    P ! {do, fun() -> [Me ! M || M <- Messages], Me ! done end},
    [receive M -> ok end || M <- Messages],
    receive done -> ok end,
    R = erlang:trace_delivered(P),
    receive {trace_delivered, P, R} -> ok end.

show(P, Messages) ->
    do(P, Messages),
    io:format("~p~n", [[case M of {trace, p, send, _, To} when To =:= self() -> setelement(5, M, me);
                                  {trace, p, send, _, To, X} when To =:= self() -> {trace, p, send, element(4, M), me, X};
                                  {trace, p, 'receive', {do, _}} -> do;
                                  _ -> M end || M <- flush()]]).

main() ->
    P = spawn(?MODULE, child, []),
    1 = erlang:trace(P, true, [send, 'receive']),
    io:format("~p~n", [erlang:trace_pattern(send, [{['_', {a, '$1'}], [{is_integer, '$1'}], []}], [])]),
    io:format("~p~n", [erlang:trace_pattern('receive', [{['_', '_', {b, '_'}], [], []}], [])]),
    show(P, [{a, 1}, {a, x}, {b, 2}, c]),
    P ! {b, "received"},
    show(P, [{a, 2}]),
    erlang:trace_pattern(send, [{['_', {a, '$1'}], [], [{message, {{seen, '$1'}}}]}, {['_', {b, '_'}], [], [{message, false}]}, {['_', '_'], [], []}], []),
    show(P, [{a, <<0:4000>>}, {b, 1}, other]),
    io:format("~p ~p~n", [erlang:trace_info(send, match_spec), erlang:trace_info('receive', match_spec)]),
    erlang:trace_pattern(send, true, []), erlang:trace_pattern('receive', true, []),
    show(P, [x]),
    io:format("~p~n", [erlang:trace_info(send, match_spec)]),
    [io:format("~p~n", [try erlang:trace_pattern(A, B, C) catch E:R -> {E, R} end]) ||
        {A, B, C} <- [{send, [{foo, [], []}], []}, {send, true, [local]}, {send, bar, []}, {send, [{['_', '_'], [], [{nope}]}], []},
                      {{a, b}, true, []}, {{'_', f, 1}, true, []}, {foo, true, []}, {on_load, false, []}]].
