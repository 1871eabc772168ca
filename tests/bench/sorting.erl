%% lists:sort on integers, tuples and with a fun.
-module(sorting).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 9 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) ->
    L = lcg(100000, 42),
    T = [{X band 255, X} || X <- L],
    run(N, L, T, 0).

run(0, _, _, A) -> A;
run(N, L, T, A) ->
    S = lists:sort(L),
    K = lists:keysort(1, T),
    F = lists:sort(fun(X, Y) -> X >= Y end, L),
    run(N - 1, L, T, (A + lists:nth(500, S) + element(2, hd(K)) + hd(F)) band 16#FFFFFFF).

lcg(0, _) -> [];
lcg(N, S) -> X = (S * 1103515245 + 12345) band 16#7FFFFFFF, [X bsr 4 | lcg(N - 1, X)].
