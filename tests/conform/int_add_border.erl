%% + - and negation around every word border, results crossing both ways.
-module(int_add_border).
-export([main/0, id/1]).

main() ->
    Bs = [(1 bsl B) + D || B <- [27, 28, 31, 32, 58, 59, 60, 61, 62, 63, 64, 65, 127, 128], D <- [-1, 0, 1]],
    Xs = [0, 1, -1] ++ Bs ++ [-B || B <- Bs],
    erlang:display([{X, X + 1, X - 1, -X, 1 - X} || X <- Xs]),
    erlang:display(sumall(Xs, 0)),
    erlang:display(lists_sum([{X + Y - Y =:= X, X - Y + Y =:= X, X + Y =:= Y + X, (X - Y) =:= -(Y - X)} || X <- Xs, Y <- Xs], 0)),
    [erlang:display([X + Y || Y <- Xs]) || X <- [1 bsl 59, -(1 bsl 59), (1 bsl 60) - 1, 1 bsl 61, -(1 bsl 61), (1 bsl 61) - 1, 1 bsl 63, -(1 bsl 63), 1 bsl 64]],
    [erlang:display([X - Y || Y <- Xs]) || X <- [1 bsl 59, -(1 bsl 59), -(1 bsl 61), (1 bsl 61) - 1, (1 bsl 64) - 1]],
    erlang:display(up(id((1 bsl 61) - 5), 10)),
    erlang:display(down(id(-(1 bsl 61) + 5), 10)),
    ok.

id(X) -> X.
sumall([], S) -> S;
sumall([H | T], S) -> sumall(T, S + H).
lists_sum([], N) -> N;
lists_sum([{true, true, true, true} | T], N) -> lists_sum(T, N + 1).
up(_, 0) -> [];
up(X, N) -> [X | up(X + 1, N - 1)].
down(_, 0) -> [];
down(X, N) -> [X | down(X - 1, N - 1)].
