%% List comprehensions with filters and two generators.
-module(comprehension).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 1200 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) -> run(N, lists:seq(1, 300), 0).

run(0, _, A) -> A;
run(N, L, A) ->
    Ps = [{X, Y} || X <- L, Y <- [1, 2, 3, 5, 8, 13, 21, 34, 55, 89], (X + Y) rem 3 =:= 0],
    Qs = [X * Y + Z || {X, Y} <- Ps, Z <- [N, X, Y, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27]],
    run(N - 1, L, (A + length(Qs) + lists:sum(Qs)) band 16#FFFFFFF).
