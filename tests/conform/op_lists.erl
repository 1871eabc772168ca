%% Cons cells: building, taking apart, improper lists, long literals, strings, ++ and --.
-module(op_lists).
-export([main/0, id/1]).

main() ->
    L = id([1, 2, 3]),
    [A | B] = L, [C, D | E] = L, [F, G, H] = L,
    erlang:display({A, B, C, D, E, F, G, H}),
    erlang:display({hd(L), tl(L), tl(tl(tl(L)))}),
    erlang:display([id(0) | L]),
    erlang:display([a, b | id(c)]),
    erlang:display(id("string")),
    erlang:display([$a, $b | "cd"]),
    erlang:display(L ++ id([4, 5])),
    erlang:display(L ++ id(tail)),
    erlang:display([] ++ id(x)),
    erlang:display(id([]) ++ []),
    erlang:display([1, 2, 3, 2, 1, 4] -- id([2, 1])),
    erlang:display([1, 1, 1] -- id([1, 1])),
    erlang:display([1.0, 1, a] -- id([1])),
    erlang:display([id({1, []}) | []]),
    erlang:display(len(seq(1, 1000))),
    erlang:display([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, id(21), 22, 23, 24, 25]),
    erlang:display([[[[[id(deep)]]]], [[]], [[[]]]]),
    "pre" ++ Rest = id("prefix"),
    erlang:display(Rest),
    erlang:display(case id([x, {y, [z]}]) of [x, {y, [Z | []]}] -> Z end),
    erlang:display([try hd(X) catch error:R -> R end || X <- [[], a, {}]]),
    erlang:display([try tl(X) catch error:R -> R end || X <- [[], a, {}]]),
    erlang:display([try length(X) catch error:R -> R end || X <- [[], [a], [a | b], x]]),
    erlang:display([try X ++ [1] catch error:R -> R end || X <- [id([]), id([a | b]), id(x)]]),
    erlang:display([try [1] -- X catch error:R -> R end || X <- [id([]), id([a | b]), id(x)]]),
    erlang:display(zip(L, [a, b, c])),
    ok.

id(X) -> X.
seq(N, M) when N > M -> [];
seq(N, M) -> [N | seq(N + 1, M)].
len([]) -> 0;
len([_ | T]) -> 1 + len(T).
zip([], []) -> [];
zip([A | As], [B | Bs]) -> [{A, B} | zip(As, Bs)].
