%% Objects put into a set, by one process.
-module(ets_insert).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 2000000 end,
    T = ets:new(t, [set, public, {write_concurrency, true}, {read_concurrency, true}]),
    Start = erlang:monotonic_time(microsecond),
    Workers = [spawn_monitor(fun() -> work(T, P, N) end) || P <- lists:seq(1, 1)],
    [receive {'DOWN', Ref, process, _, normal} -> ok end || {_, Ref} <- Workers],
    Result = ets:info(T, size),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

work(_, _, 0) -> ok;
work(T, P, N) ->
    I = (N * 7919 + P) band 16#FFFFF,
    ets:insert(T, {I band 16#FFFF, I, value}),
    work(T, P, N - 1).
