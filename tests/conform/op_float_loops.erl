%% Floats that stay in registers through loops, guards and joins; and where they must not.
-module(op_float_loops).
-export([main/0, id/1]).

main() ->
    p(horner(id(0.5), id(9000), 0.0)),
    p(escape(0.0, 0.0, id(0.3), id(0.5), 10000)),
    p(escape(0.0, 0.0, id(1.3), id(0.5), 10000)),
    p(swap(id(1.5), id(2.5), 9001)),
    p(kinds([1, 2.5, a, 3.0, -0.0, 7], 0.0, [])),
    p(lists:sum(collect(id(0.25), 5000, []))),
    p(last(id(1.0), id(5000), none)),
    p(two(id(1.0), id(2.0), 100)),
    p([catch grow(id(X), 2000) || X <- [1.0e300, -1.0e300, 1.0]]),
    p([guard(id(X), id(Y)) || X <- [1.0e308, 2.0, -1.0e308], Y <- [1.0e308, 0.5, 3.0]]),
    p([catch steps(id(X), id(Y), id(Z)) || X <- [1.0e200, 3.0], Y <- [1.0e200, 0.0, 2.0], Z <- [0.0, 4.0]]),
    p(tuples(id(0.1), 3000, {0.0, 0.0})),
    p(caught(id(2.0), 12)),
    p(maps(id(1.5), 40, #{})),
    p(bins(id(1.5), 40, <<>>)),
    p(dead(id(1.5), 5000)),
    p(typed(id(1.5), 5000)),
    p(mixed(id(0.0), 0)),
    p([equal(id(X)) || X <- [0.0, -0.0, 2.0, 1.0e300]]),
    p([leaf(id(X)) || X <- [0, 5, 1 bsl 61, -(1 bsl 61), 1 bsl 70]]),
    p([catch half(id(X)) || X <- [0, 7, 1.0, a]]),
    p([catch second(id(X)) || X <- [{a, 1}, {b, 2}, {c}, [], 7]]),
    p(tree_size(tree(9))),
    p(catch tree_size({tree(2), x, tree(1)})),
    p(tak(9, 5, 2)).

p(T) -> io:format("~p~n", [T]).
id(X) -> X.

horner(_, 0, A) -> A;
horner(X, N, A) -> horner(X, N - 1, A * X + 1.0).

escape(_, _, _, _, 0) -> stays;
escape(R, I, CR, CI, N) ->
    R2 = R * R, I2 = I * I,
    if R2 + I2 > 4.0 -> {N, R2, I};
       true -> escape(R2 - I2 + CR, 2.0 * R * I + CI, CR, CI, N - 1)
    end.

swap(A, B, 0) -> {A, B};
swap(A, B, N) when N rem 2 =:= 0 -> swap(B + 0.5, A, N - 1);
swap(A, B, N) -> swap(B, A - 0.25, N - 1).

kinds([], S, L) -> {S, L};
kinds([X | T], S, L) when is_float(X), X + S > 5.0 -> kinds(T, S + X * 2.0, [S | L]);
kinds([X | T], S, L) when is_number(X) -> kinds(T, S + X, [S, X | L]);
kinds([X | T], S, L) -> kinds(T, S * 1.5, [{X, S} | L]).

collect(_, 0, L) -> L;
collect(X, N, L) when N rem 3 =:= 0 -> Y = X * 1.0001, collect(Y, N - 1, [Y, {Y, N} | L -- []] -- [{Y, N}]);
collect(X, N, L) -> collect(X + 0.125, N - 1, L).

%% an argument that is raw and then another term
last(_, 0, L) -> L;
last(X, N, _) when N rem 1000 =:= 999 -> last(X * 0.5, N - 1, {N, X});
last(X, N, L) when N rem 2 =:= 0 -> last(X + 1.0, N - 1, L);
last(X, N, L) -> last(X, N - 1, L).

two(A, B, N) ->
    C = A * B,
    D = case N rem 3 of
            0 when C + B > 10.0 -> C - 7.0;
            1 -> B;
            _ when C < B -> C + B;
            _ -> [C]
        end,
    if N =:= 0; is_list(D) -> {A, B, C, D};
       D > 100.0 -> two(D / 50.0, A, N - 1);
       true -> two(A + 1.0, D, N - 1)
    end.

grow(X, 0) -> X;
grow(X, N) -> grow(X * 1.01 + X, N - 1).

guard(X, Y) when X + Y > 0.0, X * Y < 1.0e10 -> {sum, X + Y};
guard(X, Y) when X - Y < 0.0 -> {less, Y};
guard(X, _) -> {none, X}.

steps(X, Y, Z) ->
    A = X * Y * Z + X,
    B = (X + Y) / (Z * Z - 16.0),
    {A, B, 1.0 / (X * Y + 1.0)}.

tuples(_, 0, T) -> T;
tuples(X, N, {A, B}) ->
    A2 = A + X, B2 = B - X * A2,
    if B2 < -1.0e4 -> tuples(X, N - 1, {A2 - A, 0.0});
       true -> tuples(X, N - 1, {A2, B2})
    end.

caught(X, 0) -> X;
caught(X, N) ->
    Y = X * 1.0e30,
    Z = try Y * Y of V when V > 1.0e100 -> V; V -> V / 2.0 catch error:badarith -> {over, Y} end,
    case Z of
        {over, O} -> {N, O, Y};
        _ -> caught(Z + Y, N - 1)
    end.

maps(_, 0, M) -> lists:sort(maps:to_list(M));
maps(X, N, M) -> Y = X * 1.25, maps(Y, N - 1, M#{N rem 7 => Y, trunc(Y) => X}).

bins(_, 0, B) -> erlang:md5(B);
bins(X, N, B) -> Y = X * 1.25, bins(Y, N - 1, <<B/binary, Y/float, (trunc(X)):16, Y:32/float>>).

%% raw, but no clause looks at it any more
dead(X, N) when N > 100 -> Y = X + 1.0, dead(Y, N - 1);
dead(_, 0) -> done;
dead(_, N) -> dead(2.0 * N, N - 1).

leaf(X) -> {next(X), previous(X), sign(X)}.
next(X) -> X + 1.
previous(X) -> X - 1.
sign(X) when X < 0 -> negative;
sign(X) when X > 0 -> positive;
sign(_) -> zero.

half(X) -> [quotient(X) | rest(X)].
quotient(X) -> X div 2.
rest(X) -> [X rem 2].

second(T) -> [name(T), T].
name({a, X}) -> X;
name({b, X}) -> {X}.

tree(0) -> leaf;
tree(N) -> {tree(N - 1), N, tree(N - 1)}.
tree_size(leaf) -> 0;
tree_size({L, N, R}) when is_integer(N) -> tree_size(L) + 1 + tree_size(R).

tak(X, Y, Z) when Y < X -> tak(tak(X - 1, Y, Z), tak(Y - 1, Z, X), tak(Z - 1, X, Y));
tak(_, _, Z) -> Z.

typed(X, N) when is_integer(X) -> {integer, X, N};
typed(X, 0) when is_float(X) -> X;
typed(X, N) when is_float(X), X < 3 -> typed(X + 0.001, N - 1);
typed(X, N) when X > 3, is_number(X) -> typed(X - 1.5, N - 1).

mixed(X, N) when X + 1 > 4000.0, X =/= 7 -> {X, N};
mixed(X, N) when X == 1000 -> mixed(X * 2.0, N + 1);
mixed(X, N) when 3 =< X -> mixed(X + 1.0, N);
mixed(X, N) -> mixed(X + 0.5, N).

equal(X) -> equal(X + 1.0, 10).
equal(X, N) when X =:= 1 -> {exact, N};
equal(X, N) when X == 1 -> {same, X, N};
equal(_, 0) -> none;
equal(X, N) when X - 3 == 0 -> {three, X, N};
equal(X, N) when X =/= 2, X /= 5 -> equal(X * 2.0, N - 1).
