%% Values in X registers, Y registers, catch frames and closures across collections at every call.
-module(gc_registers).
-export([main/0, id/1, f/10]).

main() ->
    io:format("~p~n", [f(1, [2], {3}, <<4>>, 5.0, 6 bsl 64, "seven", #{8 => 8}, fun() -> 9 end, ten)]),
    io:format("~p~n", [g(20)]),
    io:format("~p~n", [h(300)]),
    io:format("~p~n", [k(100, [])]),
    ok.

id(X) -> erlang:garbage_collect(), X.

f(A, B, C, D, E, F, G, H, I, J) ->
    X1 = id({A, B}), X2 = id([C, D | E]), X3 = id(#{F => G}),
    R = try id(H), throw({X1, J}) catch throw:{Y, J} -> {Y, X2} end,
    Z = fun(Q) -> {Q, X3, I()} end,
    erlang:garbage_collect(),
    {R, Z(id(J)), A, B, C, D, E, F, G, H}.

g(0) -> [];
g(N) ->
    A = id({N, [N]}), B = id(N * 1.5), C = id(N bsl 66),
    T = g(N - 1),
    [{A, B, C} | T].

h(0) -> 0;
h(N) ->
    X = (catch begin id([N]), case N rem 3 of 0 -> throw({t, N}); 1 -> exit({e, N}); 2 -> [N] end end),
    V = case X of {t, M} -> M; {'EXIT', {e, M}} -> M * 2; [M] -> M * 3 end,
    V + h(N - 1).

k(0, A) -> length(A);
k(N, A) ->
    self() ! {msg, N, [N]},
    erlang:garbage_collect(),
    receive {msg, N, L} -> k(N - 1, [id(L) | A]) end.
