%% ets: the four kinds of table, insert, lookup, delete, order, counters, folds.
-module(ets_basic).
-export([main/0]).

main() ->
    [begin
         T = ets:new(t, [Type]),
         true = ets:insert(T, [{b, 2}, {a, 1}, {c, 3}, {a, 10}, {a, 1}, {1, int}, {1.0, float}]),
         p({Type, lists:sort(ets:tab2list(T)), lists:sort(ets:lookup(T, a)), lists:sort(ets:lookup(T, 1)), ets:member(T, b), ets:info(T, size)}),
         p({ets:insert_new(T, {a, 99}), ets:insert_new(T, {z, 26}), lists:sort(ets:take(T, a)), ets:lookup(T, a), ets:delete(T, b), ets:lookup(T, b)}),
         p({ets:delete_object(T, {c, 3}), ets:info(T, size), ets:info(T, type), ets:info(T, keypos), ets:delete_all_objects(T), ets:tab2list(T), ets:delete(T)})
     end || Type <- [set, ordered_set, bag, duplicate_bag]],
    O = ets:new(o, [ordered_set, named_table, {keypos, 2}]),
    ets:insert(o, [{x, N, N * N} || N <- [5, 3, 8, 1, 9, 2]]),
    p(ets:tab2list(O)), p([ets:first(O), ets:last(O), ets:next(O, 3), ets:prev(O, 3), ets:next(O, 9), ets:next(O, 4)]),
    p(ets:foldl(fun({_, K, V}, A) -> K + V + A end, 0, O)), p(ets:lookup_element(O, 5, 3)),
    C = ets:new(c, []),
    ets:insert(C, {n, 5, 10}), p([ets:update_counter(C, n, 3), ets:update_counter(C, n, {3, -4}), ets:update_counter(C, n, [{2, 1}, {3, 1}]), ets:update_counter(C, n, {2, 5, 10, 0}), ets:update_counter(C, m, 1, {m, 100}), ets:lookup(C, n), ets:update_element(C, n, {2, el}), ets:update_element(C, nokey, {2, x}), ets:lookup(C, n)]),
    p([try F() catch error:R -> R end || F <- [fun() -> ets:lookup(nope, a) end, fun() -> ets:insert(C, notuple) end, fun() -> ets:lookup_element(C, zz, 1) end, fun() -> ets:new(o, [named_table]) end, fun() -> ets:update_counter(C, zz, 1) end, fun() -> ets:insert(O, {a}) end]]),
    p([ets:whereis(o) =/= undefined, ets:whereis(nope), ets:info(nope), ets:rename(o, oo), ets:info(oo, name)]),
    Me = self(),
    spawn(fun() -> X = ets:new(gone, [public]), Me ! X end),
    Gone = receive X -> X end, timer:sleep(20), p(ets:info(Gone)),
    B = ets:new(b, []), [ets:insert(B, {N, {N, "v"}}) || N <- lists:seq(1, 20000)], p({ets:info(B, size), ets:lookup(B, 777), lists:sum([K || {K, _} <- ets:tab2list(B)])}),
    ok.

p(X) -> io:format("~p~n", [X]).
