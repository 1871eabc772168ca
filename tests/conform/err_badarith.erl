%% badarith and badarg from operators: the first frame is the operator with its arguments.
-module(err_badarith).
-export([main/0, id/1]).

main() ->
    t(fun() -> id(a) + id(1) end),
    t(fun() -> 1 - id([]) end),
    t(fun() -> id({}) * 2.5 end),
    t(fun() -> 1 / id(0) end),
    t(fun() -> 1.5 / id(0.0) end),
    t(fun() -> id(1) div id(0) end),
    t(fun() -> id(1) rem id(0) end),
    t(fun() -> id(1.5) div 2 end),
    t(fun() -> id(1) bsl a end),
    t(fun() -> id(1.0) bsr 1 end),
    t(fun() -> id(1) band x end),
    t(fun() -> bnot id(a) end),
    t(fun() -> -id(a) end),
    t(fun() -> +id(a) end),
    t(fun() -> abs(id(a)) end),
    t(fun() -> not id(a) end),
    t(fun() -> id(true) and id(1) end),
    t(fun() -> id(1) or true end),
    t(fun() -> id(1) xor true end),
    t(fun() -> id(1) andalso true end),
    t(fun() -> id(1.0e308) * id(1.0e10) end),
    t(fun() -> id(1.0e308) * 1.0e10 + 1.0 end),
    t(fun() -> id(a) ++ [b] end),
    t(fun() -> [a] -- id(b) end),
    t(fun() -> sum([1, 2, x, 4]) end),
    t(fun() -> lists:sum([1, id(a)]) end),
    t(fun() -> erlang:'+'(id(a), 1) end),
    t(fun() -> apply(erlang, id('*'), [a, 1]) end),
    t(fun() -> id(1 bsl 70) div id(0) end),
    t(fun() -> id(1 bsl 2000) * 1.0 end),
    ok.

id(X) -> X.
sum([H | T]) -> H + sum(T);
sum([]) -> 0.

t(F) ->
    try F() of V -> io:format("ok ~p~n", [V])
    catch C:R:S -> io:format("~p ~p~n~p~n", [C, R, S])
    end.
