%% erl_eval: expressions, bindings, funs, comprehensions, errors, local function handlers.
-module(lib_eval).
-export([main/0]).

main() ->
    [io:format("~s => ~p~n", [S, try ev(S, []) catch C:R -> {C, R} end]) || S <- ["1 + 2 * 3", "X = 5, X * X", "[X * 2 || X <- [1,2,3], X > 1]", "F = fun(X) -> X + 1 end, F(41)", "case {a, 1} of {a, N} when N > 0 -> N; _ -> no end", "lists:map(fun(X) -> {X} end, [1, 2])",
        "<<1:4, 2:4>>", "<<A:4, B:4>> = <<16#12>>, {A, B}", "try throw(x) catch Y -> {caught, Y} end", "#{a => 1}", "M = #{a => 1}, M#{b => 2}", "begin 1, 2 end", "if 1 > 2 -> a; true -> b end", "1 + a", "{A, A} = {1, 2}", "foo:bar()", "F = fun Fact(0) -> 1; Fact(N) -> N * Fact(N - 1) end, F(20)", "<< <<(X*2)>> || <<X>> <= <<1,2,3>> >>",
        "element(2, {a, b})", "\"a\" ++ \"b\"", "self() ! hi, receive X -> X end", "catch error(x)", "apply(erlang, abs, [-3])", "fun lists:reverse/1", "true andalso false orelse true", "-(-5)", "not true", "$a", "1.5e3", "16#ff bxor 1"]],
    io:format("~p~n", [ev("X + Y", [{'X', 1}, {'Y', 2}])]),
    ok.

ev(S, B) ->
    {ok, T, _} = erl_scan:string(S ++ "."),
    {ok, E} = erl_parse:parse_exprs(T),
    {value, V, _} = erl_eval:exprs(E, B),
    V.
