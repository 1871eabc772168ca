%% Naive reverse of a list of 1,000: cells built and dropped.
-module(nrev).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 200 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) -> run(N, lists:seq(1, 1000), 0).

run(0, _, A) -> A;
run(N, L, A) -> run(N - 1, L, A + hd(nrev(L))).

nrev([]) -> [];
nrev([H | T]) -> app(nrev(T), [H]).

app([], L) -> L;
app([H | T], L) -> [H | app(T, L)].
