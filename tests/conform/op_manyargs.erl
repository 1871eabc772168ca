%% Functions of many arguments: the X registers beyond those in machine registers, shuffled.
-module(op_manyargs).
-export([main/0, f6/6, f7/7, f8/8, f12/12, f20/20, rot/9, id/1]).

main() ->
    erlang:display(f6(1, 2, 3, 4, 5, 6)),
    erlang:display(f7(1, 2, 3, 4, 5, 6, 7)),
    erlang:display(f8(1, 2, 3, 4, 5, 6, 7, 8)),
    erlang:display(f12(a, b, c, d, e, f, g, h, i, j, k, l)),
    erlang:display(f20(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20)),
    erlang:display(rot(1000, 1, 2, 3, 4, 5, 6, 7, 8)),
    erlang:display(apply(?MODULE, f12, [id(x), 2.5, "l", {}, [], <<1>>, #{}, 1 bsl 80, self() =:= self(), -1, 0, z])),
    F = fun(A, B, C, D, E, G, H, I, J) -> [J, I, H, G, E, D, C, B, A] end,
    erlang:display(F(1, 2, 3, 4, 5, 6, 7, 8, 9)),
    erlang:display(body(1, 2, 3, 4, 5, 6, 7, 8)),
    ok.

id(X) -> X.

f6(A, B, C, D, E, F) -> {F, E, D, C, B, A}.
f7(A, B, C, D, E, F, G) -> f6(G, F, E, D, C, {B, A}).
f8(A, B, C, D, E, F, G, H) -> f7(H, G, F, E, D, C, {B, A}).
f12(A, B, C, D, E, F, G, H, I, J, K, L) -> {L, K, J, I, H, G, F, E, D, C, B, A}.

f20(A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S, T) ->
    X = id({A, T}),
    {T, S, R, Q, P, O, N, M, L, K, J, I, H, G, F, E, D, C, B, A, X}.

rot(0, A, B, C, D, E, F, G, H) -> {A, B, C, D, E, F, G, H};
rot(N, A, B, C, D, E, F, G, H) -> rot(N - 1, B, C, D, E, F, G, H, A).

body(A, B, C, D, E, F, G, H) ->
    V1 = id(A), V2 = f8(H, G, F, E, D, C, B, A), V3 = id(D),
    [V1, V2, V3, A, B, C, D, E, F, G, H].
