%% gb_trees: insertions, look-ups, deletions.
-module(trees_gb).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 600000 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) ->
    T = ins(N, gb_trees:empty()),
    S = get(N, T, 0),
    U = del(N, T),
    {gb_trees:size(T), S, gb_trees:size(U)}.

ins(0, T) -> T;
ins(N, T) -> ins(N - 1, gb_trees:enter((N * 7919) band 16#FFFF, N, T)).

get(0, _, S) -> S;
get(N, T, S) -> case gb_trees:lookup(N band 16#FFFF, T) of {value, V} -> get(N - 1, T, S + V); none -> get(N - 1, T, S) end.

del(0, T) -> T;
del(N, T) -> del(N - 2, gb_trees:delete_any((N * 7919) band 16#FFFF, T)).
