%% Boolean operators: strict and short-circuit, as values and in conditions, with bad arguments.
-module(op_bool).
-export([main/0, id/1]).

main() ->
    Bs = [true, false],
    erlang:display([{A and B, A or B, A xor B, not A} || A <- Bs, B <- Bs]),
    erlang:display([{A andalso B, A orelse B} || A <- Bs, B <- Bs]),
    erlang:display([try (A andalso id(value)) catch error:R -> R end || A <- [true, false, x]]),
    erlang:display([try (A orelse id(value)) catch error:R -> R end || A <- [true, false, 1]]),
    erlang:display([try id(A) and id(B) catch error:R -> R end || A <- [true, a], B <- [false, b]]),
    erlang:display([try id(A) or id(B) catch error:R -> R end || A <- [true, a], B <- [false, b]]),
    erlang:display([try id(A) xor id(B) catch error:R -> R end || A <- [true, a], B <- [false, b]]),
    erlang:display([try not id(A) catch error:R -> R end || A <- [true, false, 0, []]]),
    erlang:display([cond_(A, B) || A <- [true, false, z], B <- [true, false, z]]),
    erlang:display([{X > 1, X >= 1, X < 1, X =< 1, X =:= 1, X =/= 1, X == 1, X /= 1} || X <- [0, 1, 2, 1.0, a]]),
    erlang:display(chain(id(1), id(2), id(3))),
    erlang:display([iff(X) || X <- [1, 2, 3, a]]),
    erlang:display(try iff2(id(5)) catch error:E -> E end),
    ok.

id(X) -> X.

cond_(A, B) ->
    try
        if A, B -> both;
           A; B -> either;
           not A, not B -> neither;
           true -> strange
        end
    catch error:E -> E
    end.

chain(A, B, C) ->
    R1 = A < B andalso B < C,
    R2 = A > B orelse B > C orelse A =:= C,
    R3 = not (A =:= B) andalso not (B =:= C) andalso (C > A orelse throw(no)),
    {R1, R2, R3}.

iff(X) ->
    if X =:= 1 -> one;
       X =:= 2 -> two;
       is_atom(X) -> atom;
       true -> other
    end.

iff2(X) -> if X < 0 -> neg; X =:= 0 -> zero end.
