%% the table of built-ins, and how a large map is made
-module(sys_builtins).
-export([main/0]).

main() ->
    io:format("~p~n", [[erlang:is_builtin(M, N, A) || {M, N, A} <- [{erlang, hd, 1}, {erlang, apply, 3}, {lists, member, 2}, {lists, map, 2}, {erlang, hd, 3}, {ets, insert, 2}, {nope, hd, 1}]]]),
    Snifs = erlang:system_info(snifs),
    io:format("~p~n", [[lists:member(X, Snifs) || X <- [{erlang, hd, 1}, {ets, lookup, 2}, {lists, member, 2}, {lists, map, 2}]]]),
    io:format("~p~n", [erts_debug:map_info(maps:from_list([{X, X} || X <- lists:seq(1, 4000)]))]).
