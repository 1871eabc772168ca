%% The maps module, every function, on small and large maps.
-module(map_functions).
-export([main/0, id/1]).

main() ->
    S = #{a => 1, b => 2, c => 3},
    L = maps:from_list([{X, X * X} || X <- lists:seq(1, 40)]),
    io:format("~p~n", [maps:keys(S)]),
    io:format("~p~n", [maps:values(S)]),
    io:format("~p~n", [maps:to_list(S)]),
    io:format("~p~n", [lists:sort(maps:to_list(L)) =:= [{X, X * X} || X <- lists:seq(1, 40)]]),
    io:format("~p~n", [{maps:size(S), maps:size(L), maps:is_key(a, S), maps:is_key(z, S), maps:is_key(40, L)}]),
    io:format("~p~n", [{maps:get(a, S), maps:get(z, S, def), maps:find(b, S), maps:find(z, S)}]),
    io:format("~p~n", [maps:put(d, 4, S)]),
    io:format("~p~n", [maps:remove(a, S)]),
    io:format("~p~n", [maps:remove(zz, S)]),
    io:format("~p~n", [maps:take(b, S)]),
    io:format("~p~n", [maps:take(zz, S)]),
    io:format("~p~n", [maps:update(a, 10, S)]),
    io:format("~p~n", [maps:update_with(a, fun(V) -> V + 100 end, S)]),
    io:format("~p~n", [maps:update_with(z, fun(V) -> V + 100 end, init, S)]),
    io:format("~p~n", [maps:merge(S, #{a => x, z => y})]),
    io:format("~p~n", [maps:merge_with(fun(K, A, B) -> {K, A, B} end, S, #{a => x, z => y})]),
    io:format("~p~n", [maps:intersect(S, #{a => x, z => y})]),
    io:format("~p~n", [maps:intersect_with(fun(K, A, B) -> {K, A, B} end, S, #{a => x, c => y})]),
    io:format("~p~n", [maps:map(fun(K, V) -> {K, V} end, S)]),
    io:format("~p~n", [maps:filter(fun(_, V) -> V > 1 end, S)]),
    io:format("~p~n", [maps:filtermap(fun(_, 1) -> false; (_, 2) -> true; (_, V) -> {true, V * 10} end, S)]),
    io:format("~p~n", [maps:fold(fun(K, V, A) -> [{K, V} | A] end, [], S)]),
    maps:foreach(fun(K, V) -> io:format("~p=~p ", [K, V]) end, S),
    io:nl(),
    io:format("~p~n", [maps:with([a, c, z], S)]),
    io:format("~p~n", [maps:without([a, z], S)]),
    io:format("~p~n", [maps:from_keys([x, y, x], 0)]),
    io:format("~p~n", [maps:groups_from_list(fun(X) -> X rem 3 end, [1, 2, 3, 4, 5, 6, 7])]),
    io:format("~p~n", [maps:groups_from_list(fun(X) -> X rem 2 end, fun(X) -> -X end, [1, 2, 3])]),
    io:format("~p~n", [maps:from_list([{k, 1}, {k, 2}, {j, 3}])]),
    I = maps:iterator(S),
    io:format("~p~n", [iter(maps:next(I), [])]),
    io:format("~p~n", [lists:sort(iter(maps:next(maps:iterator(L)), [])) =:= lists:sort(maps:to_list(L))]),
    io:format("~p~n", [maps:size(maps:merge(L, maps:from_list([{X, y} || X <- lists:seq(30, 60)])))]),
    io:format("~p~n", [maps:size(maps:filter(fun(K, _) -> K > 20 end, L))]),
    io:format("~p~n", [lists:sum(maps:values(maps:map(fun(K, V) -> K + V end, L)))]),
    io:format("~p~n", [try maps:to_list(maps:iterator(S)) catch error:{badmap, _} -> badmap end]),
    io:format("~p~n", [maps:new()]),
    ok.

id(X) -> X.
iter(none, A) -> lists:reverse(A);
iter({K, V, I}, A) -> iter(maps:next(I), [{K, V} | A]).
