%% Many live variables over calls: frames of many slots, trimmed and shuffled.
-module(op_stack).
-export([main/0, id/1]).

main() ->
    erlang:display(many(1, 2, 3)),
    erlang:display(shrink(id([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]))),
    erlang:display(branches(id(a), 1)),
    erlang:display(branches(id(b), 1)),
    erlang:display(branches(id(c), 1)),
    erlang:display(swap(100, x, y, z)),
    erlang:display(deepvars(50)),
    erlang:display(case_in_args(id(2))),
    ok.

id(X) -> X.

many(A, B, C) ->
    V1 = id({A}), V2 = id({B}), V3 = id({C}), V4 = id([V1, V2]), V5 = id([V2, V3]), V6 = id({V4, V5}),
    V7 = id(7), V8 = id(8.0), V9 = id("nine"), V10 = id(<<"ten">>), V11 = id(V7 + 4), V12 = id(V8 + 4),
    R1 = [V1, V2, V3, V4, V5, V6, V7, V8, V9, V10, V11, V12],
    W = id(R1),
    {W =:= R1, V12, V11, V10, V9, V8, V7, V6, V5, V4, V3, V2, V1, A, B, C}.

shrink([A, B, C, D, E, F, G, H, I, J, K, L]) ->
    X1 = id(A) + id(B), X2 = X1 + id(C), X3 = X2 + id(D), X4 = X3 + id(E), X5 = X4 + id(F),
    X6 = X5 + id(G), X7 = X6 + id(H), X8 = X7 + id(I), X9 = X8 + id(J), X10 = X9 + id(K), X11 = X10 + id(L),
    {X11, X10}.

branches(K, N) ->
    A = id(N), B = id(N + 1), C = id(N + 2), D = id(N + 3),
    R = case K of
            a -> E = id(A + B), F = id(C + D), id({E, F});
            b -> id(C), id({D, A});
            _ -> E = id(A), case id(E) of 1 -> id(one); _ -> id(other) end
        end,
    {id(R), A, D}.

swap(0, A, B, C) -> {A, B, C};
swap(N, A, B, C) ->
    X = id(A), Y = id(B), Z = id(C),
    case N rem 3 of
        0 -> swap(N - 1, Y, X, Z);
        1 -> swap(N - 1, Z, X, Y);
        2 -> swap(N - 1, Y, Z, X)
    end.

deepvars(0) -> {[], 0};
deepvars(N) ->
    A = id(N), B = id([N]), C = {A, B},
    {L, S} = deepvars(N - 1),
    {[C | tl_or(L)], S + A + hd(B)}.

tl_or([A, B | _]) -> [A, B];
tl_or(L) -> L.

case_in_args(X) ->
    {id(case X of 1 -> a; 2 -> id(b) end), id(if X > 1 -> id(big); true -> small end), id(begin Y = id(X), Y * 2 end)}.
