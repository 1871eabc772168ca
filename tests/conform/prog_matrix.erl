%% Matrices as lists and tuples: product, transpose, determinant with exact fractions, power.
-module(prog_matrix).
-export([main/0]).

main() ->
    A = [[2, 0, 1], [1, 3, 2], [1, 1, 4]],
    io:format("~w~n~w~n~w~n", [mul(A, A), transpose(A), det(A)]),
    io:format("~w~n", [pow([[1, 1], [1, 0]], 300)]),
    H = [[{1, I + J - 1} || J <- lists:seq(1, 6)] || I <- lists:seq(1, 6)],
    io:format("~w~n", [fdet(H)]),
    io:format("~w~n", [mul([[1.5, 2], [0.25, -1]], [[2, 0.5], [4, 8.0]])]),
    M = [[(I * J) rem 17 || J <- lists:seq(1, 30)] || I <- lists:seq(1, 30)],
    io:format("~w~n", [lists:sum([lists:sum(R) || R <- mul(M, mul(M, M))])]).

mul(A, B) -> T = transpose(B), [[dot(R, C) || C <- T] || R <- A].
dot(A, B) -> lists:sum(lists:zipwith(fun(X, Y) -> X * Y end, A, B)).
transpose([[] | _]) -> [];
transpose(M) -> [[hd(R) || R <- M] | transpose([tl(R) || R <- M])].
pow(_, 0) -> [[1, 0], [0, 1]];
pow(M, N) when N rem 2 =:= 0 -> P = pow(M, N div 2), mul(P, P);
pow(M, N) -> mul(M, pow(M, N - 1)).
det([[X]]) -> X;
det([R | Rs]) -> lists:sum([s(I) * X * det([drop(I, Q) || Q <- Rs]) || {I, X} <- lists:zip(lists:seq(1, length(R)), R)]).
s(I) when I rem 2 =:= 1 -> 1;
s(_) -> -1.
drop(1, [_ | T]) -> T;
drop(N, [H | T]) -> [H | drop(N - 1, T)].
fdet([[X]]) -> X;
fdet([[P | R] | Rows]) ->
    Sub = [[fsub(Y, fmul(fdiv(Q, P), X)) || {X, Y} <- lists:zip(R, T)] || [Q | T] <- Rows],
    fmul(P, fdet(Sub)).
norm({N, D}) -> G = gcd(abs(N), abs(D)), {N div G, D div G}.
gcd(A, 0) -> A;
gcd(A, B) -> gcd(B, A rem B).
fsub({A, B}, {C, D}) -> norm({A * D - C * B, B * D}).
fmul({A, B}, {C, D}) -> norm({A * C, B * D}).
fdiv({A, B}, {C, D}) -> norm({A * D, B * C}).
