%% Float registers over calls of math, conversions and failures in the middle of a run.
-module(opcode_float_regs).
-export([main/0, id/1]).

main() ->
    p([quad(1.0, -3.0, 2.0), quad(1, 2, 1), quad(1.0, 1.0, 1.0)]), p([hyp(3, 4), hyp(1.5, 2.5)]), p(integrate(fun(X) -> X * X end, 0.0, 1.0, 1000)), p([try f(id(X), id(2)) catch C:R -> {C, R} end || X <- [1, 1.5, a, 1 bsl 1100, "s"]]),
    p(kahan(lists:seq(1, 1000), 0.0, 0.0)), p(horner([1.0, -2, 3.5, 4], 2.5)), p(cplx({0.5, 0.5}, 10)), p(mixed(id(5), id(2.0), id(1 bsl 64))), p(guard([0.5, 1.5, -2.0, 1, a])), p(swap(1.0, 2.0, 5)),
    ok.

id(X) -> X.
p(X) -> io:format("~w~n", [X]).
quad(A, B, C) -> D = B * B - 4.0 * A * C, if D < 0 -> none; true -> S = math:sqrt(D), {(-B + S) / (2 * A), (-B - S) / (2 * A)} end.
hyp(A, B) -> math:sqrt(float(A) * A + float(B) * B).
integrate(F, A, B, N) -> H = (B - A) / N, round(1.0e6 * H * lists:sum([F(A + H * (I + 0.5)) || I <- lists:seq(0, N - 1)])).
f(X, Y) -> Z = float(Y) * 2.5, W = Z + X, W * W - Z.
kahan([], S, _) -> S;
kahan([X | T], S, C) -> Y = 0.1 * X - C, Z = S + Y, kahan(T, Z, (Z - S) - Y).
horner([], _) -> 0.0;
horner([C | T], X) -> C + X * horner(T, X).
cplx(Z, 0) -> Z;
cplx({R, I}, N) -> cplx({R * R - I * I + 0.1, 2.0 * R * I + 0.2}, N - 1).
mixed(A, B, C) -> X = A * B, Y = X + C, {X, Y, Y / A, C * B, A - B, trunc(Y) - C}.
guard(L) -> [case X of _ when X * 2.0 > 2 -> big; _ when X / 2 < 0 -> neg; _ when is_number(X) -> small; _ -> none end || X <- L].
swap(A, B, 0) -> {A, B};
swap(A, B, N) -> swap(B * 1.5, A + 0.25, N - 1).
