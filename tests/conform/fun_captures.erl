-module(fun_captures).
-export([main/0]).

%% Funs that capture many variables, funs in funs, named funs, funs through messages.
main() ->
    F = ten(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
    io:format("~w ~w~n", [F(1), F(100)]),
    io:format("~w~n", [((((chain(1))(2))(3))(4))(5)]),
    Fib = fun Fib(N) when N < 2 -> N; Fib(N) -> Fib(N - 1) + Fib(N - 2) end,
    io:format("~w~n", [[Fib(N) || N <- lists:seq(0, 15)]]),
    Cs = [fun(X) -> {X, I, J, lists:duplicate(I, J)} end || I <- [1, 2], J <- [a, b]],
    io:format("~w~n", [[C(K) || {C, K} <- lists:zip(Cs, [w, x, y, z])]]),
    Self = self(),
    Pids = [spawn(fun() -> Self ! {N, (lists:nth(N, Cs))(N)} end) || N <- [1, 2, 3, 4]],
    io:format("~w ~w~n", [length(Pids), [receive {N, R} -> R end || N <- [1, 2, 3, 4]]]),
    Comp = lists:foldl(fun(G, A) -> fun(X) -> G(A(X)) end end, fun(X) -> X end,
                       [fun(X) -> X + N end || N <- lists:seq(1, 100)]),
    io:format("~w~n", [Comp(0)]),
    io:format("~w ~w~n", [F =:= ten(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), F =:= ten(0, 2, 3, 4, 5, 6, 7, 8, 9, 10)]),
    {env, Env} = erlang:fun_info(F, env),
    io:format("~w ~w~n", [length(Env), erlang:fun_info(F, arity)]),
    Y = fun(M) -> (fun(X) -> X(X) end)(fun(Z) -> M(fun(A) -> (Z(Z))(A) end) end) end,
    Fac = Y(fun(Me) -> fun(0) -> 1; (N) -> N * Me(N - 1) end end),
    io:format("~w~n", [Fac(30)]).

ten(A, B, C, D, E, F, G, H, I, J) ->
    fun(X) -> Sum = A + B + C + D + E + F + G + H + I + J, {X * Sum, [J, I, H, G, F, E, D, C, B, A]} end.
chain(A) -> fun(B) -> fun(C) -> fun(D) -> fun(E) -> {A, B, C, D, E} end end end end.
