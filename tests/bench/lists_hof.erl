%% lists:map, filter and foldl with funs over 100,000 elements.
-module(lists_hof).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 200 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) -> run(N, lists:seq(1, 100000), 0).

run(0, _, A) -> A;
run(N, L, A) ->
    M = lists:map(fun(X) -> X * 3 + N end, L),
    F = lists:filter(fun(X) -> X band 3 =/= 0 end, M),
    run(N - 1, L, A + lists:foldl(fun(X, S) -> (X + S) band 16#FFFFFF end, 0, F)).
