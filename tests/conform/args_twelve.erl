-module(args_twelve).
-export([main/0, f/12, g/12]).

%% Functions of 12 arguments: called, tail-called with arguments rotated, applied, as funs.
main() ->
    L = lists:seq(1, 12),
    io:format("~w~n", [f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)]),
    io:format("~w~n", [apply(?MODULE, g, L)]),
    F = fun ?MODULE:f/12, G = fun g/12,
    io:format("~w~n", [apply(F, lists:reverse(L))]),
    io:format("~w~n", [G(a, b, c, d, e, f, g, h, i, j, k, 3)]),
    io:format("~w~n", [rot(1000, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)]),
    H = fun(A, B, C, D, E, F1, G1, H1, I, J, K, M) -> [M, K, J, I, H1, G1, F1, E, D, C, B, A, L] end,
    io:format("~w~n", [apply(H, L)]),
    io:format("~w~n", [try apply(?MODULE, f, tl(L)) catch error:R -> R end]),
    io:format("~w~n", [try f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, x) catch error:R2 -> R2 end]),
    P = self(),
    spawn(?MODULE, g, [P, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, send]),
    io:format("~w~n", [receive X -> X end]).

f(A, B, C, D, E, F, G, H, I, J, K, L) ->
    [{A, L + 0}, {B, K}, {C, J}, {D, I}, {E, H}, {F, G}, sum([A, B, C, D, E, F, G, H, I, J, K, L])].
g(A, B, C, D, E, F, G, H, I, J, K, 0) -> {A, B, C, D, E, F, G, H, I, J, K};
g(A, _, _, _, _, _, _, _, _, _, K, send) -> A ! {sent, K};
g(A, B, C, D, E, F, G, H, I, J, K, L) -> g(B, C, D, E, F, G, H, I, J, K, A, L - 1).
rot(0, A, B, C, D, E, F, G, H, I, J, K, L) -> [A, B, C, D, E, F, G, H, I, J, K, L];
rot(N, A, B, C, D, E, F, G, H, I, J, K, L) -> rot(N - 1, L, A, B, C, D, E, F, G, H, I, J, K).
sum(L) -> lists:sum(L).
