%% apply/2, apply/3, calls with a variable module and function, and of built-ins by name.
-module(op_apply).
-export([main/0, f/0, f/1, f/2, f/3, id/1, last/2]).

main() ->
    M = id(?MODULE), F = id(f),
    erlang:display(M:F()),
    erlang:display(M:F(1)),
    erlang:display(M:F(1, 2)),
    erlang:display(apply(M, F, id([1, 2, 3]))),
    erlang:display(apply(fun(X, Y) -> {Y, X} end, id([a, b]))),
    erlang:display(apply(id(erlang), id('+'), [1, 2])),
    erlang:display(apply(id(erlang), id(tuple_size), [{1, 2}])),
    E = id(erlang),
    erlang:display(E:length([1, 2, 3])),
    erlang:display([M:X() || X <- [f, f]]),
    erlang:display(last(M, F)),
    erlang:display(apply(id(fun ?MODULE:f/2), [x, y])),
    erlang:display(?MODULE:F(z)),
    erlang:display(M:f(9)),
    erlang:display(apply(erlang, apply, [erlang, apply, [M, F, [deep]]])),
    erlang:display(try apply(M, F, [1 | 2]) catch C1:R1 -> {C1, R1} end),
    erlang:display(try apply(id(1), F, []) catch C2:R2 -> {C2, R2} end),
    erlang:display(try apply(M, id("f"), []) catch C3:R3 -> {C3, R3} end),
    erlang:display(try M:nope(1) catch C4:R4 -> {C4, R4} end),
    erlang:display(try apply(id({M, f}), []) catch C5:R5 -> {C5, R5} end),
    erlang:display(try apply(fun(_) -> 1 end, id([])) catch C6:{badarity, {_, A}} -> {C6, A} end),
    ok.

id(X) -> X.
f() -> zero.
f(A) -> {one, A}.
f(A, B) -> {two, A, B}.
f(A, B, C) -> {three, A, B, C}.
last(M, F) -> M:F(in, tail).
