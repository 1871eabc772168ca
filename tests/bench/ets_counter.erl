%% Counters in a set counted up, by one process.
-module(ets_counter).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 2000000 end,
    T = ets:new(t, [set, public, {write_concurrency, true}, {read_concurrency, true}]),
    ets:insert(T, [{I, 0, value} || I <- lists:seq(0, 1023)]),
    Start = erlang:monotonic_time(microsecond),
    Workers = [spawn_monitor(fun() -> work(T, P, N) end) || P <- lists:seq(1, 1)],
    [receive {'DOWN', Ref, process, _, normal} -> ok end || {_, Ref} <- Workers],
    Result = lists:sum([C || {_, C, _} <- ets:tab2list(T)]),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

work(_, _, 0) -> ok;
work(T, P, N) ->
    I = (N * 7919 + P) band 16#FFFFF,
    ets:update_counter(T, I band 1023, {2, 1}),
    work(T, P, N - 1).
