%% What the lists functions raise for wrong arguments.
-module(lists_errors).
-export([main/0, id/1]).

main() ->
    [io:format("~p ~p ~p~n", [F, A, try apply(lists, F, A) of V -> {value, V} catch C:R:S -> {C, R, [{M, Fn, if is_list(Ar) -> length(Ar); true -> Ar end} || {M, Fn, Ar, _} <- S, M =:= lists]} end]) || {F, A} <- cases()],
    ok.

id(X) -> X.
cases() ->
    [{nth, [0, [a]]}, {nth, [3, [a]]}, {nth, [a, [a]]}, {last, [[]]}, {last, [x]}, {reverse, [x]}, {reverse, [[a | b]]}, {max, [[]]}, {min, [[]]}, {sum, [[a]]}, {sum, [x]}, {seq, [1, a]}, {seq, [5, 1]}, {seq, [1, 5, 0]}, {seq, [1, 5, -1]},
     {sublist, [[a], -1]}, {sublist, [[a], 0, 1]}, {nthtail, [3, [a]]}, {nthtail, [-1, [a]]}, {split, [5, [a]]}, {split, [-1, [a]]}, {zip, [[1], []]}, {zip, [[1], [2, 3]]}, {unzip, [[a]]}, {flatten, [x]}, {flatten, [[a | b]]},
     {append, [[a]]}, {append, [x, y]}, {duplicate, [-1, a]}, {duplicate, [a, a]}, {delete, [a, x]}, {member, [a, x]}, {member, [a, [b | c]]}, {sort, [x]}, {sort, [[b | c]]}, {usort, [x]}, {keysort, [0, []]}, {keysort, [1, [a, b]]}, {concat, [[self]]},
     {droplast, [[]]}, {foldl, [fun(X) -> X end, 0, []]}, {map, [x, []]}, {map, [x, [1]]}, {filter, [fun(_) -> maybe_ end, [1]]}, {prefix, [a, "a"]}, {join, [a, b]}, {all, [fun(_) -> x end, [1]]}, {takewhile, [fun(_) -> x end, [1]]},
     {foreach, [fun(X) -> X end, x]}, {partition, [fun(_) -> 1 end, [1]]}, {subtract, [a, [b]]}, {merge, [a, [b]]}, {keyfind, [a, 0, []]}, {keyfind, [a, 1, x]}, {keyfind, [a, 1, [b | c]]}, {keymember, [a, 1, x]}, {enumerate, [a]}, {search, [x, [1]]}, {mapfoldl, [x, 0, [1]]}].
