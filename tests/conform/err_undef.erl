%% undef: missing modules and functions, called every way; missing fun bodies.
-module(err_undef).
-export([main/0, id/1]).

main() ->
    t(fun() -> no_module_here:f(1, "two") end),
    t(fun() -> ?MODULE:missing() end),
    t(fun() -> apply(?MODULE, id(missing), [1, 2]) end),
    t(fun() -> M = id(nowhere), M:f() end),
    t(fun() -> F = id(nothing), ?MODULE:F(x) end),
    t(fun() -> (fun no_module_here:g/2)(1, 2) end),
    t(fun() -> lists:nosuch([1]) end),
    t(fun() -> erlang:apply(id(nowhere), f, []) end),
    t(fun() -> lists:map(fun no_mod:h/1, [1]) end),
    t(fun() -> wrap(id(2)) end),
    t(fun() -> (id(?MODULE)):main(1, 2, 3) end),
    t(fun() -> lists:map(id(fun lists:zzz/1), [7]) end),
    ok.

id(X) -> X.
wrap(0) -> [no_module_here:deep({a}, 1.5)];
wrap(N) -> [wrap(N - 1)].

t(F) ->
    try F() of V -> io:format("ok ~p~n", [V])
    catch C:R:S -> io:format("~p ~p~n~p~n", [C, R, S])
    end.
