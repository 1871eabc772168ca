%% Processes spawned in batches, each sending one answer.
-module(spawn_join).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 300000 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) -> batches(N div 1000, 0).

batches(0, A) -> A;
batches(K, A) ->
    Me = self(),
    [spawn(fun() -> Me ! {r, I * 2} end) || I <- lists:seq(1, 1000)],
    batches(K - 1, join(1000, A)).

join(0, A) -> A;
join(N, A) -> receive {r, X} -> join(N - 1, (A + X) band 16#FFFFFF) end.
