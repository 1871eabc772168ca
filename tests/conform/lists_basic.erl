%% The lists module, part one: building, taking apart, searching, numbers.
-module(lists_basic).
-export([main/0, id/1]).

main() ->
    L = id([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]),
    p([lists:all(fun(X) -> X > 0 end, L), lists:any(fun(X) -> X > 9 end, L), lists:all(fun(_) -> false end, []), lists:any(fun(_) -> true end, [])]),
    p(lists:append([[1], [2, 3], [], [4]])), p(lists:append([a], [b])), p(lists:append([a], b)),
    p(lists:concat([a, "b", 1, 2.5, 'c d'])),
    p(lists:delete(5, L)), p(lists:delete(x, L)),
    p(lists:droplast([1, 2, 3])), p(lists:dropwhile(fun(X) -> X < 5 end, L)), p(lists:takewhile(fun(X) -> X < 5 end, L)),
    p(lists:duplicate(3, {a})), p(lists:duplicate(0, a)),
    p(lists:filter(fun(X) -> X rem 2 =:= 1 end, L)),
    p(lists:filtermap(fun(X) when X > 4 -> {true, X * 2}; (X) -> X =:= 1 end, L)),
    p(lists:flatlength([1, [2, [3, []]]])), p(lists:flatmap(fun(X) -> [X, X] end, [1, 2])), p(lists:flatten([1, [2, [3, [[]], 4]], [[]]])), p(lists:flatten([1, [2]], [3])),
    p(lists:foldl(fun(X, A) -> [X | A] end, [], L)), p(lists:foldr(fun(X, A) -> [X | A] end, [], L)),
    lists:foreach(fun(X) -> io:format("~p,", [X]) end, L), io:nl(),
    p(lists:join(x, [1, 2, 3])), p(lists:join(x, [])), p(lists:last(L)),
    p(lists:map(fun(X) -> {X} end, [a, b])), p(lists:mapfoldl(fun(X, A) -> {X * A, A + 1} end, 1, L)), p(lists:mapfoldr(fun(X, A) -> {X * A, A + 1} end, 1, L)),
    p([lists:max(L), lists:min(L), lists:sum(L), lists:max([a, 1, "s"]), lists:min([1.0, 1])]),
    p([lists:member(9, L), lists:member(9.0, L), lists:member(x, [])]),
    p(lists:nth(3, L)), p(lists:nthtail(8, L)), p(lists:nthtail(0, [])),
    p(lists:partition(fun(X) -> X > 3 end, L)),
    p([lists:prefix("ab", "abc"), lists:prefix("b", "abc"), lists:suffix("bc", "abc"), lists:suffix("", "")]),
    p(lists:reverse(L)), p(lists:reverse([1, 2], [3])), p(lists:reverse([1, 2], x)),
    p(lists:search(fun(X) -> X > 4 end, L)), p(lists:search(fun(X) -> X > 40 end, L)),
    p([lists:seq(1, 5), lists:seq(1, 0), lists:seq(5, 1, -2), lists:seq(1, 10, 3), lists:seq(0, 0), lists:seq(3, 3, 0)]),
    p(lists:split(3, L)), p(lists:splitwith(fun(X) -> X < 5 end, L)),
    p(lists:sublist(L, 3)), p(lists:sublist(L, 3, 2)), p(lists:sublist(L, 10, 5)), p(lists:sublist(L, 100)),
    p(lists:subtract([1, 2, 3, 2], [2])),
    p(lists:unzip([{1, a}, {2, b}])), p(lists:unzip3([{1, a, x}, {2, b, y}])), p(lists:zip([1, 2], [a, b])), p(lists:zip3([1], [a], [x])), p(lists:zipwith(fun(A, B) -> A + B end, [1, 2], [3, 4])),
    p(lists:zipwith3(fun(A, B, C) -> {C, B, A} end, [1], [2], [3])), p(lists:enumerate([a, b])), p(lists:enumerate(5, [a, b])), p(lists:uniq([a, b, a, 1, 1.0])), p(lists:uniq(fun({X, _}) -> X end, [{a, 1}, {b, 2}, {a, 3}])),
    ok.

id(X) -> X.
p(X) -> io:format("~w~n", [X]).
