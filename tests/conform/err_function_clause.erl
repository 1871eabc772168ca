%% function_clause: the arguments in the first frame, for functions, funs and library functions.
-module(err_function_clause).
-export([main/0, id/1, f/3, g/8]).

main() ->
    t(fun() -> f(id(9), b, "c") end),
    t(fun() -> f(1, id(x), {}) end),
    t(fun() -> g(1, 2, 3, 4, 5, 6, 7, id(8)) end),
    t(fun() -> (fun(a) -> 1; (b) -> 2 end)(id(c)) end),
    t(fun() -> K = id(captured), (fun(a, X) -> {X, K} end)(id(c), 1) end),
    t(fun() -> h(id([])) end),
    t(fun() -> lists:map(fun(X) -> X end, id(notlist)) end),
    t(fun() -> lists:map(fun(1) -> one end, [1, id(2)]) end),
    t(fun() -> lists:nth(0, id([a])) end),
    t(fun() -> lists:nth(5, id([a])) end),
    t(fun() -> lists:last(id([])) end),
    t(fun() -> rec(3) end),
    t(fun() -> ?MODULE:f(id(<<"bin">>), #{}, 1.5) end),
    t(fun() -> apply(?MODULE, f, id([1, 2, 3])) end),
    ok.

id(X) -> X.
f(1, a, _) -> one;
f(2, b, [_ | _]) -> two.
g(_, _, _, _, _, _, _, 9) -> nine.
h([H | T]) when H > 0 -> h(T).
rec(N) when N > 0 -> [rec(N - 1)].

t(F) ->
    try F() of V -> io:format("ok ~p~n", [V])
    catch C:R:S -> io:format("~p ~p~n~p~n", [C, R, S])
    end.
