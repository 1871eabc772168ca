%% badmatch: reason, value and stack trace, in nested calls, funs and comprehensions.
-module(err_badmatch).
-export([main/0, id/1]).

main() ->
    t(fun() -> {ok, _} = id(error) end),
    t(fun() -> [_, _] = id([1]) end),
    t(fun() -> 1 = id(1.0) end),
    t(fun() -> #{a := _} = id(#{b => 1}) end),
    t(fun() -> <<_:8>> = id(<<1, 2>>) end),
    t(fun() -> X = id(1), X = id(2) end),
    t(fun() -> "abc" = id("abd") end),
    t(fun() -> {A, A} = id({1, 2}), A end),
    t(fun() -> inner(5) end),
    t(fun() -> [begin {ok, V} = X, V end || X <- [{ok, 1}, nope]] end),
    t(fun() -> {_, [#{k := [_ | z]}]} = id({x, [#{k => [y]}]}) end),
    t(fun() -> 576460752303423488 = id(1) end),
    t(fun() -> true = id(2) > id(3) end),
    ok.

id(X) -> X.

inner(N) ->
    R = deeper(N),
    {inner, R}.

deeper(N) ->
    {expected, V} = id({got, N}),
    [V].

t(F) ->
    try F() of V -> io:format("ok ~p~n", [V])
    catch C:R:S -> io:format("~p ~p~n~p~n", [C, R, S])
    end.
