%% The key functions of lists: find, member, delete, replace, store, take, sort, merge, map, search.
-module(lists_keys).
-export([main/0, id/1]).

main() ->
    L = id([{b, 2, x}, {a, 1}, {c, 3, [y]}, {a, 9}, notuple, {1.0, one}, {}]),
    p([lists:keyfind(K, 1, L) || K <- [a, b, z, 1, 1.0]]),
    p([lists:keyfind(K, 2, L) || K <- [1, 2, 9, 9.0]]),
    p([lists:keymember(K, 1, L) || K <- [a, z, 1]]),
    p([lists:keysearch(K, 1, L) || K <- [a, z]]),
    p(lists:keydelete(a, 1, L)), p(lists:keydelete(z, 1, L)),
    p(lists:keyreplace(a, 1, L, {new})), p(lists:keyreplace(z, 1, L, {new})),
    p(lists:keystore(a, 1, L, {new})), p(lists:keystore(z, 1, L, {new})),
    p(lists:keytake(a, 1, L)), p(lists:keytake(z, 1, L)),
    T = [{3, a}, {1, b}, {2, c}, {1, a}, {3, 0}],
    p(lists:keysort(1, T)), p(lists:keysort(2, T)), p(lists:ukeysort(1, T)), p(lists:keymerge(1, [{1, a}, {3, b}], [{1, x}, {2, y}])), p(lists:ukeymerge(1, [{1, a}, {3, b}], [{1, x}, {2, y}])),
    p(lists:keymap(fun(X) -> X * 10 end, 1, T)),
    p([try lists:keyfind(a, N, L) catch error:R -> R end || N <- [0, -1, a]]),
    p(try lists:keysort(3, T) catch error:R1 -> R1 end),
    p(lists:keysort(1, [{N rem 10, N} || N <- lists:seq(1, 50)])),
    ok.

id(X) -> X.
p(X) -> io:format("~w~n", [X]).
