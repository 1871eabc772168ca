%% case, if and nested patterns: aliases, repeated variables, bound variables, guards falling on.
-module(op_case).
-export([main/0, id/1]).

main() ->
    Ts = [{a, [1, 2 | rest]}, {a, [1, 2, 3]}, {b, b}, {b, c}, {b, {b, b}}, {x, {y, {z, 1}}}, {1, 1.0}, {same, [same]}, [a, a], [a, b], [[a], a], <<"bin">>, none],
    [erlang:display({p(T), q(T, b), r(T), s(T)}) || T <- Ts],
    erlang:display([u(A, B) || A <- [1, 2, 3], B <- [1, 2, 3]]),
    erlang:display([v(X) || X <- [{1, 2, 3}, {3, 2, 1}, {2, 2, 2}, {a, 1, b}]]),
    erlang:display(w(id({ok, {data, [{k, 1}, {k2, 2}]}}))),
    ok.

id(X) -> X.

p({a, [1, 2 | T] = L} = All) when is_atom(T) -> {T, L, All};
p({a, [_ | [_ | [X]]]}) -> X;
p({X, X}) -> {same, X};
p({X, {X, X}}) -> {triple, X};
p({X, [X]}) -> {wrapped, X};
p([X, X]) -> {list, X};
p([[X], X]) -> {deep, X};
p(_) -> none.

q(T, B) ->
    case T of
        {B, B} -> both_bound;
        {B, X} -> {first_bound, X};
        [_, B] -> list_bound;
        _ -> none
    end.

r(T) ->
    case T of
        {_, {_, {Z, N}}} when N > 0 -> Z;
        {X, Y} when X == Y, X =/= Y -> almost;
        {X, Y} when X == Y -> equal;
        [H | _] -> H;
        Other when is_binary(Other) -> bin;
        _ -> none
    end.

s({A, B} = T) when element(1, T) =:= A, B =/= A -> {differ, A, B};
s([_ | _] = L) when length(L) =:= 2 -> two;
s(_) -> none.

u(A, B) ->
    case {A, B} of
        {1, X} when X > 1 -> a;
        {X, 1} when X > 1 -> b;
        {X, X} -> c;
        {X, Y} when X < Y -> d;
        _ -> e
    end.

v({A, B, C}) when A < B, B < C -> up;
v({A, B, C}) when A > B, B > C -> down;
v({A, A, A}) -> same;
v({A, _, C}) when is_atom(A) orelse is_atom(C) -> atoms.

w(Reply) ->
    {ok, {data, [{k, A} | Rest]}} = Reply,
    [{K, B}] = Rest,
    {A, K, B}.
