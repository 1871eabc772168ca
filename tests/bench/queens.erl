%% All solutions of the queens problem, on lists.
-module(queens).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 12 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) -> length(queens(N, N)).

queens(0, _) -> [[]];
queens(R, N) -> [[C | Q] || Q <- queens(R - 1, N), C <- lists:seq(1, N), safe(C, Q, 1)].

safe(_, [], _) -> true;
safe(C, [Q | Qs], D) -> C =/= Q andalso C + D =/= Q andalso C - D =/= Q andalso safe(C, Qs, D + 1).
