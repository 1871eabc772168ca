%% Clauses chosen by the size of a tuple, then by its elements, with tuples up to 20 elements.
-module(op_tuple_arity).
-export([main/0, id/1]).

main() ->
    Ts = [list_to_tuple(seq(1, N)) || N <- seq(0, 22)],
    [erlang:display({k(T), t(T), e(T)}) || T <- Ts ++ [x, [], {tag}, {tag, 1}, {other, 1}, {tag, 1, 2}, {tag, a, {tag, b}}]],
    ok.

id(X) -> X.
seq(N, M) when N > M -> [];
seq(N, M) -> [N | seq(N + 1, M)].

k({}) -> 0;
k({_}) -> 1;
k({_, _}) -> 2;
k({A, _, C}) -> {3, A, C};
k({_, _, _, D}) -> {4, D};
k({_, _, _, _, _, F}) -> {6, F};
k({_, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, T}) -> {20, T};
k(T) when is_tuple(T) -> {other, tuple_size(T)};
k(_) -> none.

t({tag, X}) -> {tag, X};
t({tag, X, {tag, Y}}) -> {nested, X, Y};
t({tag, 1, _}) -> one;
t({other, _}) -> other;
t({tag}) -> bare;
t(_) -> none.

e(T) when element(1, T) =:= 1, element(2, T) =:= 2, tuple_size(T) > 5 -> long;
e(T) when element(21, T) > 20; element(1, T) =:= tag -> e2;
e(_) -> none.
