%% Denormals, negative zero, largest values, overflow to badarith, exactness.
-module(float_edges).
-export([main/0, id/1]).

main() ->
    Max = id(1.7976931348623157e308), Min = id(2.2250738585072014e-308), Den = id(5.0e-324),
    erlang:display([Max, Min, Den, -Max, -Den]),
    erlang:display([t(fun() -> Max + Max end), t(fun() -> Max * 2 end), t(fun() -> -Max - Max end), t(fun() -> Max / 0.5 end), t(fun() -> Max + 1.0 end)]),
    erlang:display([Min / 2, Min / 4.0, Den / 2, Den * 0.5, Den + Den, Min - Den, Den * Den]),
    Z = id(0.0), N = id(-0.0),
    erlang:display([Z, N, -Z, -N, Z + N, N + N, Z - Z, N * 1, N * -1, 0 * -1.0, Z * -5]),
    erlang:display([Z == N, Z =:= N, Z < N, N < Z, Z >= N, -0.0 =:= id(-0.0), 0.0 =:= id(0.0)]),
    erlang:display([#{Z => a} =:= #{N => a}, map_size(#{Z => 1, N => 2}), [Z] =:= [N], {Z} == {N}]),
    erlang:display([<<Z/float>>, <<N/float>>, erlang:phash2(Z), erlang:phash2(N)]),
    erlang:display([abs(N), trunc(N), round(N), float(0), N + 0]),
    erlang:display([t(fun() -> 1 / Z end), t(fun() -> 1 / N end), t(fun() -> Z / Z end), t(fun() -> 0 / id(0) end)]),
    erlang:display([1.0 + id(2.220446049250313e-16), 1.0 + id(1.1102230246251565e-16), 0.1 + id(0.7), 4.35 * id(100), 1.1 * id(1.1)]),
    erlang:display(halves(id(1.0), 0)),
    erlang:display(doubles(id(1.0), 0)),
    erlang:display([term(X) || X <- [Z, 0, N, 1.0, 1]]),
    ok.

id(X) -> X.
t(F) -> try F() catch C:R -> {C, R} end.
halves(X, N) when X > 0.0 -> halves(X / 2, N + 1);
halves(_, N) -> N.
doubles(X, N) ->
    try X * 2.0 of
        Y -> doubles(Y, N + 1)
    catch error:badarith -> {N, X}
    end.
term(0.0) -> float_zero;
term(0) -> int_zero;
term(X) when is_float(X) -> float;
term(_) -> int.
