%% erl_scan and erl_parse: tokens, forms, expressions, errors, terms back to text by erl_pp.
-module(lib_scan_parse).
-export([main/0]).

main() ->
    [p(erl_scan:string(S)) || S <- ["foo(X) -> X + 1.", "\"str\" $a 16#ff 1.5e3 'q a' <<>> #{a=>1}", "% comment\nx.", "1 =:= 2.0", "\"unterminated", "'bad", "16#zz", "a.\nb."]],
    p(erl_scan:string("a b", {5, 3}, [return])),
    [p(parse(S)) || S <- ["foo(X) -> X + 1.", "f([H|T]) when H > 1, is_list(T) -> {H, T}; f(_) -> #{a => <<1:8>>}.", "-module(m).", "-record(r, {a = 1, b}).", "foo( -> x.", "f() -> try a() catch throw:X:S -> {X, S} after b() end."]],
    {ok, T, _} = erl_scan:string("{a, [1, 2.5, \"s\"], <<1, 2>>, #{k => v}, -1}."), p(erl_parse:parse_term(T)),
    {ok, E, _} = erl_scan:string("X = 1 + 2 * 3, [Y || Y <- [X, 2]]."), {ok, Ex} = erl_parse:parse_exprs(E), p(Ex),
    io:format("~s~n", [erl_pp:exprs(Ex)]),
    [io:format("~s", [erl_pp:form(element(2, parse(S)))]) || S <- ["f([H|T]) when H > 1, is_list(T) -> {H, T}; f(_) -> #{a => <<1:8>>}.", "f() -> try a() catch throw:X:S -> {X, S} after b() end.", "g(X) -> case X of {ok, Y} when Y > 0 -> fun(Z) -> Z + Y end; _ -> receive a -> b after 10 -> c end end."]],
    p(erl_parse:abstract({a, [1, "s"], <<"b">>, #{k => 1.5}})), p(erl_parse:normalise(erl_parse:abstract([1, {2}]))),
    ok.

parse(S) -> {ok, T, _} = erl_scan:string(S), erl_parse:parse_form(T).
p(X) -> io:format("~p~n", [X]).
