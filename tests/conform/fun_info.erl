%% fun_info and fun_to_list, equality and hashing of funs, arity tests.
-module(fun_info).
-export([main/0, id/1, k/1]).

main() ->
    A = id(1), B = id([x]),
    F = fun(X) -> {X, A, B} end,
    io:format("~p~n", [[erlang:fun_info(F, I) || I <- [module, arity, env, type, name]]]),
    io:format("~p~n", [[erlang:fun_info(fun lists:map/2, I) || I <- [module, name, arity, env, type]]]),
    io:format("~p~n", [[erlang:fun_info(fun k/1, I) || I <- [module, name, arity, env, type]]]),
    io:format("~p~n", [erlang:fun_to_list(fun lists:map/2)]),
    io:format("~p~n", [fun lists:map/2]),
    io:format("~p~n", [fun 'odd mod':'Odd Fun'/3]),
    io:format("~w~n", [[is_function(F, N) || N <- [0, 1, 2]]]),
    G = mk(1), H = mk(1), I = mk(2),
    io:format("~w~n", [{G =:= H, G == I, mk(1) =:= mk(1.0)}]),
    io:format("~w~n", [erlang:phash2(fun lists:map/2)]),
    io:format("~w~n", [lists:sort([fun lists:map/2, fun lists:all/2, fun erlang:abs/1])]),
    io:format("~w~n", [maps:get(fun lists:map/2, #{fun lists:map/2 => found})]),
    io:format("~w~n", [try erlang:fun_info(F, what) catch E:R -> {E, R} end]),
    io:format("~w~n", [proplists:get_value(type, erlang:fun_info(fun lists:map/2))]),
    ok.

id(X) -> X.
k(X) -> X.
mk(N) -> fun(X) -> X + N end.
