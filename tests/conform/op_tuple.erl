%% Tuples: element, setelement, matching by arity, large ones, built in nested positions.
-module(op_tuple).
-export([main/0, id/1]).

main() ->
    T = id({a, 1, 2.0, "four", {5}, <<6>>}),
    erlang:display([element(I, T) || I <- [1, 2, 3, 4, 5, 6]]),
    erlang:display(setelement(3, T, three)),
    erlang:display({tuple_size(T), size(T), tuple_size({})}),
    {A, B, C, D, E, F} = T,
    erlang:display({F, E, D, C, B, A}),
    Big = list_to_tuple(seq(1, 300)),
    erlang:display({tuple_size(Big), element(1, Big), element(255, Big), element(256, Big), element(300, Big)}),
    Big2 = setelement(id(200), Big, changed),
    erlang:display({element(199, Big2), element(200, Big2), element(201, Big2), element(200, Big)}),
    erlang:display(arity(id({}))),
    erlang:display([arity(X) || X <- [{1}, {1, 2}, {1, 2, 3}, {1, 2, 3, 4}, a, [1]]]),
    erlang:display(setelement(1, setelement(2, setelement(3, id({x, y, z}), c), b), a)),
    erlang:display({{{{{{id(deep)}}}}}, {id(1), {id(2), {id(3)}}}}),
    erlang:display(erlang:append_element({1, 2}, id(3))),
    erlang:display(erlang:insert_element(2, {1, 3}, id(2))),
    erlang:display(erlang:delete_element(id(1), {x, y})),
    erlang:display(erlang:make_tuple(id(3), z)),
    erlang:display(erlang:make_tuple(id(4), z, [{2, two}, {4, four}, {2, again}])),
    erlang:display(tuple_to_list(T)),
    erlang:display([try element(I, T) catch error:R -> R end || I <- [0, 7, -1, 1 bsl 70, a]]),
    erlang:display(try element(1, id(x)) catch error:R1 -> R1 end),
    erlang:display(try setelement(0, T, x) catch error:R2 -> R2 end),
    erlang:display(try setelement(7, T, x) catch error:R3 -> R3 end),
    ok.

id(X) -> X.
seq(N, M) when N > M -> [];
seq(N, M) -> [N | seq(N + 1, M)].

arity({}) -> zero;
arity({_}) -> one;
arity({_, _}) -> two;
arity({_, _, _}) -> three;
arity(T) when is_tuple(T) -> {many, tuple_size(T)};
arity(_) -> no.
