%% gb_trees: all operations, balance over many insertions and deletions, iterators.
-module(coll_gb_trees).
-export([main/0]).

main() ->
    T = lists:foldl(fun(K, A) -> gb_trees:insert(K, {v, K}, A) end, gb_trees:empty(), [5, 2, 8, 1, 9, 3]),
    p(T), p(gb_trees:to_list(T)), p(gb_trees:keys(T)), p(gb_trees:values(T)),
    p({gb_trees:size(T), gb_trees:is_empty(T), gb_trees:get(8, T), gb_trees:lookup(8, T), gb_trees:lookup(7, T), gb_trees:is_defined(1, T)}),
    p({gb_trees:smallest(T), gb_trees:largest(T)}), p(gb_trees:take_smallest(T)), p(gb_trees:take_largest(T)),
    p(gb_trees:enter(5, new, T)), p(gb_trees:update(2, upd, T)), p(gb_trees:delete(5, T)), p(gb_trees:delete_any(77, T) =:= T), p(gb_trees:take(5, T)), p(gb_trees:take_any(77, T)), p(gb_trees:balance(T)), p(gb_trees:map(fun(K, _) -> K * 10 end, T)),
    p(gb_trees:from_orddict([{a, 1}, {b, 2}, {c, 3}])),
    p(iter(gb_trees:next(gb_trees:iterator(T)))), p(iter(gb_trees:next(gb_trees:iterator_from(4, T)))),
    p([try F() catch error:{E, _} -> E; error:E -> E end || F <- [fun() -> gb_trees:insert(5, x, T) end, fun() -> gb_trees:delete(77, T) end, fun() -> gb_trees:get(77, T) end, fun() -> gb_trees:update(77, x, T) end, fun() -> gb_trees:smallest(gb_trees:empty()) end]]),
    Big = lists:foldl(fun(N, A) -> gb_trees:enter(N * 7919 rem 10007, N, A) end, gb_trees:empty(), lists:seq(1, 5000)),
    p({gb_trees:size(Big), erlang:phash2(Big)}),
    Less = lists:foldl(fun(N, A) -> gb_trees:delete_any(N * 7919 rem 10007, A) end, Big, lists:seq(1, 5000, 2)),
    p({gb_trees:size(Less), erlang:phash2(Less), depth(element(2, gb_trees:balance(Less)))}),
    ok.

iter(none) -> [];
iter({K, V, I}) -> [{K, V} | iter(gb_trees:next(I))].
depth(nil) -> 0;
depth({_, _, L, R}) -> 1 + max(depth(L), depth(R)).
p(X) -> io:format("~p~n", [X]).
