%% Ackermann's function: deep recursion that is not in tail position.
-module(ackermann).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 200 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) -> run(N, 0).

run(0, A) -> A;
run(N, A) -> run(N - 1, A + ack(3, 7)).

ack(0, N) -> N + 1;
ack(M, 0) -> ack(M - 1, 1);
ack(M, N) -> ack(M - 1, ack(M, N - 1)).
