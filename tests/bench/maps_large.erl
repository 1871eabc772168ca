%% A map of 200,000 keys: built, read, updated, folded.
-module(maps_large).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 250000 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) ->
    M = build(N, #{}),
    S = read(N, M, 0),
    M2 = update(N, M),
    {map_size(M2), S, maps:fold(fun(_, V, A) -> (A + V) band 16#FFFFFFF end, 0, M2)}.

build(0, M) -> M;
build(N, M) -> build(N - 1, M#{N * 7919 => N}).

read(0, _, S) -> S;
read(N, M, S) -> #{N2 := V} = begin N2 = N * 7919, M end, read(N - 1, M, S + V).

update(0, M) -> M;
update(N, M) -> K = N * 7919, #{K := V} = M, update(N - 1, M#{K := V + 1}).
