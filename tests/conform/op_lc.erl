%% List comprehensions: several generators, filters, patterns that skip, nesting, strings.
-module(op_lc).
-export([main/0, id/1]).

main() ->
    erlang:display([X * X || X <- id([1, 2, 3, 4])]),
    erlang:display([{X, Y} || X <- id([1, 2, 3]), Y <- id([a, b])]),
    erlang:display([{X, Y} || X <- [1, 2, 3, 4], Y <- [1, 2, 3, 4], X < Y, (X + Y) rem 2 =:= 1]),
    erlang:display([X || {ok, X} <- id([{ok, 1}, error, {ok, 2}, {ok}, {ok, 3}])]),
    erlang:display([[Y || Y <- id([1, 2, 3]), Y =< X] || X <- id([1, 2, 3])]),
    erlang:display([X || X <- id([1, a, 2.0, "s", 3]), is_integer(X)]),
    erlang:display([X || X <- id([true, false, true]), X]),
    erlang:display([1 || _ <- id([a, b, c])]),
    erlang:display([X || X <- id([])]),
    Y0 = id(10),
    erlang:display([X + Y0 || X <- [1, 2]]),
    erlang:display([fun(Z) -> X + Z end(1) || X <- [1, 2]]),
    erlang:display([C || <<C>> <= id(<<"abc">>)]),
    erlang:display([{A, B} || <<A:4, B:4>> <= id(<<16#12, 16#34, 5:4>>)]),
    erlang:display([X || <<X:16/little>> <= id(<<1, 2, 3, 4, 5>>)]),
    erlang:display([X || X <- id([3, 1, 2]), begin Z = X * 2, Z > 2 end]),
    erlang:display([{K, V} || {K, V} <- maps_list(), K =/= b]),
    erlang:display(pyth(20)),
    erlang:display(perms([1, 2, 3])),
    erlang:display(try [X || X <- id(notalist)] catch error:R1 -> R1 end),
    erlang:display(try [X || X <- id([1, 2 | 3])] catch error:R2 -> R2 end),
    erlang:display(try [X || <<X>> <= id([1])] catch error:R3 -> R3 end),
    erlang:display(try [X || X <- [1], id(X)] catch error:R4 -> R4 end),
    erlang:display(length([X || X <- seq(1, 5000), X rem 3 =:= 0])),
    ok.

id(X) -> X.
maps_list() -> [{a, 1}, {b, 2}, {c, 3}].
pyth(N) -> [{A, B, C} || A <- seq(1, N), B <- seq(A, N), C <- seq(B, N), A * A + B * B =:= C * C].
perms([]) -> [[]];
perms(L) -> [[H | T] || H <- L, T <- perms(L -- [H])].
seq(N, M) when N > M -> [];
seq(N, M) -> [N | seq(N + 1, M)].
