%% Work spread over eight processes: all the cores in use.
-module(parallel).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 60 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) ->
    Me = self(),
    Ps = [spawn(fun() -> Me ! {self(), fib(27 + I band 1) + length(lists:sort(lists:seq(100000, 1, -1)))} end) || I <- lists:seq(1, N)],
    lists:sum([receive {P, R} -> R end || P <- Ps]).

fib(N) when N < 2 -> N;
fib(N) -> fib(N - 1) + fib(N - 2).
