%% Factorials of thousands and their digits: big integers.
-module(factorial).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 3300 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) ->
    F = fact(N, 1),
    {sum(integer_to_list(F), 0), F rem 1000003, sum(integer_to_list(fib(N * 5)), 0), many(60, N)}.

fact(0, A) -> A;
fact(N, A) -> fact(N - 1, A * N).

many(0, _) -> 0;
many(K, N) -> (fact(N, K) div fact(N - 10, 1)) rem 1000 + many(K - 1, N).

fib(N) -> fib(N, 0, 1).
fib(0, A, _) -> A;
fib(N, A, B) -> fib(N - 1, B, A + B).

sum([], S) -> S;
sum([C | T], S) -> sum(T, S + C - $0).
