%% Equality and order of deep and long terms: no recursion limit, first difference decides.
-module(cmp_deep).
-export([main/0, id/1]).

main() ->
    A = deep(200000, x), B = deep(200000, x), C = deep(200000, y),
    erlang:display({A =:= B, A == B, A < C, C > A, A =:= C}),
    D = rlist(200000), E = rlist(200000),
    erlang:display({D =:= E, D < [0 | E], D ++ [1] > E}),
    T1 = tup(100000, []), T2 = tup(100000, []), T3 = tup(100000, {}),
    erlang:display({T1 =:= T2, T1 == T3, T1 > T3}),
    erlang:display({[1, 2, 3.0] == [1, 2, 3], [1, 2, 3.0] =:= [1, 2, 3], {1, [2, {3.0}]} == {1, [2, {3}]}}),
    erlang:display([{a, 1} < {a, 2}, {z} < {a, a}, [a, b] < [a, b, c], "abc" < "abd", [1 | 2] < [1, 2], [1 | a] > [1 | 2]]),
    M1 = #{k => deep(1000, 1)}, M2 = #{k => deep(1000, 1.0)},
    erlang:display({M1 == M2, M1 =:= M2, M1 < M2}),
    erlang:display({erlang:phash2(A), erlang:phash2(D)}),
    ok.

id(X) -> X.
deep(0, X) -> X;
deep(N, X) -> {deep, deep2(N, X)}.
deep2(0, X) -> X;
deep2(N, X) -> deep3(N, X).
deep3(0, X) -> X;
deep3(N, X) -> deep3(N - 1, [X]).
rlist(0) -> [];
rlist(N) -> [N rem 7 | rlist(N - 1)].
tup(0, X) -> X;
tup(N, X) -> tup(N - 1, {N rem 3, X}).
