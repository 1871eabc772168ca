%% Built-ins in every position: tail, body, argument, condition, in funs, with frames around.
-module(op_bif_tail).
-export([main/0, id/1, t1/1, t2/2, t3/1, b1/1]).

main() ->
    erlang:display({t1([1, 2]), t2(2, {a, b}), t3(abc), b1({x, y, z})}),
    erlang:display([try F() catch C:R:S -> {C, R, [{Fn, if is_list(A) -> A; true -> A end} || {_, Fn, A, _} <- S, Fn =/= main]} end || F <- [fun() -> t1(x) end, fun() -> t2(0, {a}) end, fun() -> t3("x") end, fun() -> b1(not_tuple) end]]),
    erlang:display(lists:map(fun erlang:length/1, [[], [1], [1, 2]])),
    erlang:display([apply(erlang, F, [X]) || {F, X} <- [{length, [1]}, {tuple_size, {1, 2}}, {abs, -3}, {atom_to_list, ab}, {hd, [q]}, {is_atom, a}, {'not', true}, {'-', 5}]]),
    erlang:display(case length(id([a])) + tuple_size(id({b})) of 2 -> two; _ -> other end),
    erlang:display(list_to_tuple(tuple_to_list({a, b}) ++ atom_to_list(c))),
    erlang:display(deep([3, 1, 2], 3)),
    ok.

id(X) -> X.
t1(L) -> length(L).
t2(N, T) -> element(N, T).
t3(A) -> id(A), atom_to_list(A).
b1(T) -> A = element(1, T), B = tuple_size(T), C = tuple_to_list(T), [A, B | C].
deep(L, 0) -> lists:sort(L);
deep(L, N) -> [length(L) | deep([hd(L) + N | L], N - 1)].
