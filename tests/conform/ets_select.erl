%% ets: match, select with guards and bodies, continuations, select_delete, count, replace, fun2ms shapes.
-module(ets_select).
-export([main/0]).

main() ->
    T = ets:new(t, [ordered_set]),
    ets:insert(T, [{N, N rem 3, [N, {N}], #{k => N}} || N <- lists:seq(1, 20)]),
    p(ets:match(T, {'$1', 0, '_', '_'})), p(ets:match_object(T, {'_', 1, [7 | '_'], '_'})), p(ets:match(T, {'$2', '$1', [4 | '_'], '_'})),
    p(ets:select(T, [{{'$1', 2, '_', '_'}, [{'>', '$1', 10}], ['$1']}])),
    p(ets:select(T, [{{'$1', '$2', '_', '_'}, [{'=:=', {'rem', '$1', 5}, 0}], [{{'$1', '$2', {'+', '$1', '$2'}}}]}])),
    p(ets:select(T, [{{'$1', '_', '_', '_'}, [{'orelse', {'<', '$1', 3}, {'==', '$1', 20.0}}], ['$_']}])),
    p(ets:select(T, [{{'$1', '_', '$3', '_'}, [{'=<', '$1', 2}], ['$$']}])),
    p(ets:select(T, [{{'$1', '_', '$3', '_'}, [{'is_list', '$3'}, {'=:=', {hd, '$3'}, 4}], [{const, '$1'}, {{literal, '$1'}}]}])),
    p(ets:select(T, [{{'$1', '_', '_', #{k => '$2'}}, [{'<', '$2', 3}], [[{{'$2', map}}]]}])),
    {L1, C1} = ets:select(T, [{{'$1', '_', '_', '_'}, [], ['$1']}], 8), {L2, C2} = ets:select(C1), {L3, C3} = ets:select(C2),
    p({L1, L2, L3, C3}),
    p(ets:select_count(T, [{{'$1', 1, '_', '_'}, [], [true]}])), p(ets:select_delete(T, [{{'$1', 1, '_', '_'}, [], [true]}])), p(ets:info(T, size)),
    p(ets:select_reverse(T, [{{'$1', '_', '_', '_'}, [{'>', '$1', 14}], ['$1']}])), p(ets:match_delete(T, {'_', 2, '_', '_'})), p(ets:info(T, size)),
    p(ets:select_replace(T, [{{'$1', 0, '$2', '$3'}, [], [{{'$1', zero, '$2', '$3'}}]}])), p(ets:match(T, {'$1', zero, '_', '_'})),
    p(ets:test_ms({1, 2}, [{{'$1', '$2'}, [{'<', '$1', '$2'}], ['$2']}])), p(element(1, ets:test_ms({1}, [{{'$1'}, [{bad, '$1'}], ['$1']}]))),
    p([try ets:select(T, M) catch error:R -> R end || M <- [x, [{a}], [{{'$1'}, [], []}], [{{'$1'}, [{foo}], ['$1']}]]]),
    MS = ets:match_spec_compile([{{'$1', '$2'}, [], [{{'$2', '$1'}}]}]), p(ets:match_spec_run([{1, a}, {2, b}, c], MS)),
    ok.

p(X) -> io:format("~p~n", [X]).
