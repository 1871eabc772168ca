%% External funs: literal, dynamic, equal to each other, called, and told apart from local ones.
-module(op_funext).
-export([main/0, id/1, hello/2]).

main() ->
    F = fun ?MODULE:hello/2,
    M = id(?MODULE), N = id(hello), A = id(2),
    G = fun M:N/A,
    erlang:display({F =:= G, F == G, F(1, 2), G(a, b)}),
    erlang:display(F),
    erlang:display(fun lists:map/2),
    erlang:display(fun erlang:'+'/2),
    erlang:display((fun erlang:'+'/2)(1, 2)),
    erlang:display((fun erlang:element/2)(2, {a, b})),
    erlang:display(erlang:fun_info(F, module)),
    erlang:display(erlang:fun_info(F, name)),
    erlang:display(erlang:fun_info(F, arity)),
    erlang:display(erlang:fun_info(F, type)),
    erlang:display(erlang:fun_info(F, env)),
    erlang:display(erlang:fun_info(fun(X) -> X + A end, arity)),
    erlang:display(erlang:fun_info(fun(X) -> X + A end, env)),
    erlang:display(erlang:fun_info(fun(X) -> X + A end, type)),
    erlang:display(erlang:fun_info(fun(X) -> X + A end, name)),
    erlang:display(erlang:fun_info(fun id/1, name)),
    erlang:display(is_function(fun no:such/3, 3)),
    erlang:display(try (fun no:such/1)(1) catch C:R -> {C, R} end),
    erlang:display([fun a:b/1 < fun a:b/2, fun a:b/1 < fun a:c/1, fun a:z/1 < fun b:a/1]),
    erlang:display(apply(fun M:N/2, [x, y])),
    ok.

id(X) -> X.
hello(A, B) -> {hello, A, B}.
