%% sets (both versions), ordsets and gb_sets: the same operations, the same answers.
-module(coll_sets).
-export([main/0]).

main() ->
    [run(M, fun M:from_list/1) || M <- [sets, ordsets, gb_sets]],
    run(sets, fun(L) -> sets:from_list(L, [{version, 2}]) end),
    p(sets:from_list([c, a, b, a], [{version, 2}])),
    p(gb_sets:from_list([c, a, b, a])),
    p([gb_sets:smallest(gb_sets:from_list([3, 1, 2])), gb_sets:largest(gb_sets:from_list([3, 1, 2])), gb_sets:take_smallest(gb_sets:from_list([3, 1, 2]))]),
    p(gb_sets:balance(gb_sets:from_list(lists:seq(1, 10)))),
    B = sets:from_list([N rem 1000 || N <- lists:seq(1, 5000)]),
    p({sets:size(B), sets:fold(fun(X, A) -> X + A end, 0, B)}),
    p([try gb_sets:insert(1, gb_sets:from_list([1])) catch error:E -> element(1, E) end, try gb_sets:delete(2, gb_sets:from_list([1])) catch error:E2 -> E2 end]),
    ok.

run(M, From) ->
    A = From([1, 2, 3, 2, x, "s"]), B = From([2, x, 9, 1.0]),
    S = fun(X) -> lists:sort(M:to_list(X)) end,
    p([S(A), S(B), S(M:union(A, B)), S(M:intersection(A, B)), S(M:subtract(A, B)), S(M:union([A, B, From([7])])), S(M:intersection([A, A, B]))]),
    p([M:size(A), M:is_element(2, A), M:is_element(2.0, A), M:is_subset(From([1]), A), M:is_subset(B, A), M:is_disjoint(From([q]), A), M:is_empty(M:new()), M:is_set(A), M:is_empty(A)]),
    p([S(M:add_element(new, A)), S(M:add_element(1, A)), S(M:del_element(1, A)), S(M:del_element(zz, A)), S(M:filter(fun is_integer/1, A))]),
    p(lists:sort(M:fold(fun(X, Acc) -> [{X} | Acc] end, [], A))).

p(X) -> io:format("~p~n", [X]).
