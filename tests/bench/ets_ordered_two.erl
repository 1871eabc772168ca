%% Ranges selected from an ordered set, and steps through it, by two processes at a time.
-module(ets_ordered_two).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 1500 end,
    T = ets:new(t, [ordered_set, public, {read_concurrency, true}, {write_concurrency, true}]),
    ets:insert(T, [{{I rem 100, I}, I} || I <- lists:seq(1, 50000)]),
    Start = erlang:monotonic_time(microsecond),
    Self = self(),
    Workers = [spawn_link(fun() -> Self ! {self(), work(T, P, N, 0)} end) || P <- lists:seq(1, 2)],
    Result = lists:sum([receive {W, Sum} -> Sum end || W <- Workers]),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

work(_, _, 0, Sum) -> Sum;
work(T, P, N, Sum) ->
    K = (N + P) rem 100,
    Found = ets:select(T, [{{{K, '$1'}, '$2'}, [{'>', '$2', 100}], ['$2']}]),
    ets:insert(T, {{K, 1, P}, N}),
    work(T, P, N - 1, Sum + length(Found) + walk(T, ets:next(T, {K, 10}), 20)).

walk(_, _, 0) -> 1;
walk(_, '$end_of_table', _) -> 0;
walk(T, Key, N) -> walk(T, ets:next(T, Key), N - 1).
