%% badfun, badarity, badmap, badkey, badrecord: reasons and traces.
-module(err_badfun).
-export([main/0, id/1]).
-record(r, {a, b}).

main() ->
    t(fun() -> (id(a))(1) end),
    t(fun() -> (id({m, f}))(1, 2) end),
    t(fun() -> (id(5))() end),
    t(fun() -> (id(fun(X) -> X end))(1, 2) end),
    t(fun() -> (id(fun lists:map/2))(1) end),
    t(fun() -> apply(id(fun(X) -> X end), []) end),
    t(fun() -> apply(id(x), [1]) end),
    t(fun() -> lists:map(id(f), [1]) end),
    t(fun() -> lists:map(fun() -> 1 end, [1]) end),
    t(fun() -> lists:foldl(fun(A) -> A end, 0, [1]) end),
    t(fun() -> (id([]))#{a => 1} end),
    t(fun() -> (id(1))#{a := 1} end),
    t(fun() -> (id(#{}))#{a := 1} end),
    t(fun() -> (id(#{b => 1}))#{b := 1, {k, "v"} := 1} end),
    t(fun() -> maps:get(zz, id(#{a => 1})) end),
    t(fun() -> maps:update(zz, 1, id(#{a => 1})) end),
    t(fun() -> maps:keys(id([])) end),
    t(fun() -> maps:map(fun(_, V) -> V end, id(x)) end),
    t(fun() -> maps:fold(fun(_) -> 1 end, 0, id(#{a => 1})) end),
    t(fun() -> (id({r, 1}))#r.a end),
    t(fun() -> (id(x))#r{a = 1} end),
    ok.

id(X) -> X.
t(F) ->
    try F() of V -> io:format("ok ~p~n", [V])
    catch C:{badarity, {_, A}}:S -> io:format("~p badarity ~p~n~p~n", [C, A, S]);
          C:R:S -> io:format("~p ~p~n~p~n", [C, R, S])
    end.
