%% Closures: captured variables, nesting, recursion by name, funs returned and stored.
-module(op_funs).
-export([main/0, id/1, adder/1, compose/2]).

main() ->
    erlang:display((adder(5))(6)),
    erlang:display((compose(adder(1), adder(10)))(100)),
    A = id(1), B = id(2.5), C = id("three"), D = id({4}), E = id(<<5>>), F = id(1 bsl 64), G = id(#{g => 7}), H = id([8]),
    Big = fun(X, Y) -> {A, B, C, D, E, F, G, H, X, Y} end,
    erlang:display(Big(x, y)),
    Fact = fun Self(0) -> 1; Self(N) -> N * Self(N - 1) end,
    erlang:display(Fact(25)),
    Nest = fun(X) -> fun(Y) -> fun(Z) -> {X, Y, Z, A} end end end,
    erlang:display(((Nest(1))(2))(3)),
    Fs = [fun(X) -> X * N end || N <- [1, 2, 3]],
    erlang:display([Fn(10) || Fn <- Fs]),
    erlang:display(map(fun({K, V}) -> {V, K}; (Other) -> [Other] end, [{a, 1}, b, {c, 2}])),
    erlang:display(fold(fun(X, {S, P}) -> {S + X, P * X} end, {0, 1}, [1, 2, 3, 4, 5])),
    Guarded = fun(X) when X > 10, is_integer(X) -> big; (X) when is_atom(X); X =:= [] -> atomish; (_) -> other end,
    erlang:display([Guarded(X) || X <- [11, 10, a, [], 20.0, "s"]]),
    erlang:display(is_function(Big)),
    erlang:display({is_function(Big, 2), is_function(Big, 3), is_function(id(x), 1), is_function(fun erlang:length/1, 1)}),
    erlang:display((fun id/1)(local)),
    Even = fun Ev(0) -> true; Ev(N) -> (fun(0) -> false; (M) -> Ev(M - 1) end)(N - 1) end,
    erlang:display({Even(10), Even(7)}),
    erlang:display({Big =:= Big, adder(1) =:= adder(1), adder(1) =:= adder(2), fun id/1 =:= fun id/1}),
    Thunks = loop(5, []),
    erlang:display([T() || T <- Thunks]),
    ok.

id(X) -> X.
adder(N) -> fun(X) -> X + N end.
compose(F, G) -> fun(X) -> F(G(X)) end.
map(_, []) -> [];
map(F, [H | T]) -> [F(H) | map(F, T)].
fold(_, A, []) -> A;
fold(F, A, [H | T]) -> fold(F, F(H, A), T).
loop(0, Acc) -> Acc;
loop(N, Acc) -> loop(N - 1, [fun() -> {N, length(Acc)} end | Acc]).
