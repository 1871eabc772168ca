%% A counting loop with a sum: small integers only.
-module(loop).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 250000000 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) -> sum(N, 0).

sum(0, A) -> A;
sum(N, A) -> sum(N - 1, A + N).
