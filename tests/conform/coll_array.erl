%% The array module: fixed and growing, sparse, defaults, folds and maps.
-module(coll_array).
-export([main/0]).

main() ->
    A = array:from_list([a, b, c]),
    p(A), p(array:to_list(array:set(5, f, A))), p([array:get(1, A), array:get(100, A), array:size(A), array:default(A), array:is_fix(A), array:is_array(A), array:is_array(x)]),
    F = array:new(5, [{default, 0}, fixed]),
    p(array:to_list(array:set(2, two, F))), p([try array:set(5, x, F) catch error:R -> R end, try array:get(5, F) catch error:R2 -> R2 end, try array:get(-1, F) catch error:R3 -> R3 end]),
    B = lists:foldl(fun(N, X) -> array:set(N, N * N, X) end, array:new({default, none}), lists:seq(0, 999, 3)),
    p([array:size(B), array:sparse_size(B), array:get(999, B), array:get(998, B), length(array:sparse_to_list(B))]),
    p(array:foldl(fun(_, none, S) -> S; (I, V, S) -> I + V + S end, 0, B)), p(array:sparse_foldr(fun(I, _, S) -> [I | S] end, [], array:from_orddict([{1, x}, {5, y}]))),
    p(array:to_orddict(array:from_orddict([{1, x}, {3, y}]))), p(array:sparse_to_orddict(array:from_orddict([{1, x}, {3, y}]))), p(array:to_list(array:map(fun(I, V) -> {I, V} end, A))), p(array:to_list(array:resize(2, A))), p(array:size(array:relax(F))), p(array:to_list(array:reset(1, A))), p(array:to_list(array:sparse_map(fun(_, V) -> {V} end, A))),
    ok.

p(X) -> io:format("~p~n", [X]).
