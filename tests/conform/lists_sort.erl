%% sort, usort, merge and their funs: stability, mixed terms, long runs, duplicates.
-module(lists_sort).
-export([main/0, id/1]).

main() ->
    Mixed = [b, 1, a, 1.0, "s", {}, [], {a}, <<"x">>, 2, #{}, 1, a, 0.5, [1], -1, 1 bsl 70],
    p(lists:sort(Mixed)), p(lists:usort(Mixed)),
    p(lists:sort(fun(A, B) -> A >= B end, Mixed)), p(lists:usort(fun(A, B) -> A >= B end, Mixed)),
    L = lcg(1000, 42),
    S = lists:sort(L),
    p({ordered(S), length(S), lists:sum(S) =:= lists:sum(L), length(lists:usort(L))}),
    Pairs = [{X rem 20, N} || {X, N} <- lists:zip(L, lists:seq(1, 1000))],
    p(stable(lists:keysort(1, Pairs))),
    p(stable(lists:sort(fun({A, _}, {B, _}) -> A =< B end, Pairs))),
    p(lists:sort(fun({A, _}, {B, _}) -> A =< B end, [{1, N} || N <- lists:seq(1, 30)]) =:= [{1, N} || N <- lists:seq(1, 30)]),
    p([lists:sort(X) || X <- [[], [1], [2, 1], [1, 2], [3, 2, 1], [1, 1, 1], [2, 1, 2], [1, 2, 3, 2, 1], lists:seq(20, 1, -1)]]),
    p([lists:merge([1, 3, 5], [2, 3, 4]), lists:umerge([1, 3, 5], [2, 3, 4]), lists:merge([[3], [1, 4], [2]]), lists:umerge([[1, 2], [2, 3], [1]]), lists:merge3([1], [0, 2], [1]), lists:umerge3([1], [0, 2], [1])]),
    p(lists:merge(fun(A, B) -> A >= B end, [5, 3, 1], [4, 3, 2])),
    p([1, 1.0] =:= lists:sort([1, 1.0])), p(lists:sort([1.0, 1])), p(lists:usort([1, 1.0, 1])), p(lists:sort([{1, b}, {1.0, a}, {1, a}])),
    p(erlang:phash2(lists:sort([{X, [X]} || X <- lcg(3000, 7)]))),
    p(lists:sort(fun(A, B) -> abs(A) =< abs(B) end, [-3, 3, -1, 1, 2, -2])),
    ok.

id(X) -> X.
p(X) -> io:format("~w~n", [X]).
lcg(0, _) -> [];
lcg(N, S) -> X = (S * 1103515245 + 12345) rem 2147483648, [X bsr 8 | lcg(N - 1, X)].
ordered([A, B | T]) when A =< B -> ordered([B | T]);
ordered([_, _ | _]) -> false;
ordered(_) -> true.
stable([{A, N}, {A, M} | T]) when N < M -> stable([{A, M} | T]);
stable([{A, _}, {B, M} | T]) when A < B -> stable([{B, M} | T]);
stable([_]) -> true;
stable(_) -> false.
