%% dict and orddict: the same operations, the same answers.
-module(coll_dict).
-export([main/0]).

main() ->
    [run(M) || M <- [dict, orddict]],
    D = lists:foldl(fun(N, A) -> dict:store(N, N * N, A) end, dict:new(), lists:seq(1, 2000)),
    p({dict:size(D), dict:fetch(77, D), dict:is_key(2001, D), lists:sum([V || {_, V} <- dict:to_list(D)])}),
    E = lists:foldl(fun dict:erase/2, D, lists:seq(1, 1990)),
    p(lists:sort(dict:to_list(E))),
    p(dict:to_list(dict:from_list([{N, x} || N <- lists:seq(1, 30)]))),
    ok.

run(M) ->
    D0 = M:from_list([{b, 2}, {a, 1}, {c, 3}, {a, 10}]),
    s(M, D0),
    D1 = M:store(d, 4, D0), s(M, D1),
    s(M, M:erase(a, D1)), s(M, M:append(l, x, M:append(l, y, D1))), s(M, M:append_list(l, [1, 2], D1)), s(M, M:update(a, fun(X) -> X + 1 end, D1)), s(M, M:update(zz, fun(X) -> X end, 0, D1)), s(M, M:update_counter(a, 5, D1)),
    p({M:find(a, D1), M:find(z, D1), M:fetch(b, D1), M:is_key(b, D1), M:size(D1), M:is_empty(M:new())}),
    p(lists:sort(M:fetch_keys(D1))), p(lists:sort(M:fold(fun(K, V, A) -> [{V, K} | A] end, [], D1))),
    s(M, M:map(fun(K, V) -> {K, V} end, D1)), s(M, M:filter(fun(_, V) -> V > 2 end, D1)), s(M, M:merge(fun(_, A, B) -> A + B end, D1, M:from_list([{a, 100}, {q, 1}]))),
    p(element(1, M:take(a, D1))), p(M:take(zz, D1)),
    p(try M:fetch(nokey, D1) catch error:R -> element(1, {R}) end).

s(M, D) -> p(lists:sort(M:to_list(D))).
p(X) -> io:format("~p~n", [X]).
