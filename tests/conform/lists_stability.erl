-module(lists_stability).
-export([main/0]).

%% keysort and sort/2 keep equal elements in order; the u-variants keep the first; merges.
main() ->
    L = [{(I * 7919) rem 13, I} || I <- lists:seq(1, 400)],
    S = lists:keysort(1, L),
    io:format("~w ~w~n", [S =:= lists:sort(L), S =:= lists:sort(fun({A, _}, {B, _}) -> A =< B end, L)]),
    io:format("~w~n", [lists:ukeysort(1, L)]),
    io:format("~w~n", [lists:usort(fun({A, _}, {B, _}) -> A =< B end, L)]),
    M = [{1, a}, {1.0, b}, {1, c}, {2, d}, {1.0, e}],
    io:format("~w~n~w~n~w~n", [lists:keysort(1, M), lists:sort(M), lists:ukeysort(1, M)]),
    io:format("~w~n", [lists:keymerge(1, [{1, x}, {3, x}], [{1, y}, {2, y}, {3, y}])]),
    io:format("~w~n", [lists:ukeymerge(1, [{1, x}, {3, x}], [{1, y}, {2, y}, {3, y}])]),
    io:format("~w~n", [lists:merge3([1, 4], [2, 4.0], [3, 4])]),
    io:format("~w ~w~n", [lists:usort([1, 1.0, 1, 2.0, 2]), lists:sort([1.0, 1, 1.0, 1])]),
    io:format("~w~n", [lists:keystore(c, 2, M, {new})]),
    io:format("~w~n", [lists:keyreplace(1.0, 1, M, {r})]),
    io:format("~w~n", [lists:keydelete(2, 1, M)]),
    io:format("~w~n", [lists:keytake(c, 2, M)]),
    io:format("~w~n", [proplists:get_value(k, [{k, 1}, k, {k, 2}])]),
    io:format("~w ~w~n", [proplists:get_all_values(k, [k, {k, 2}, {j}, {k, 3, 4}]), proplists:lookup_all(k, [k, {k, 2}, {k, 3, 4}])]).
