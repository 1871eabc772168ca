%% The benchmarks game's binary trees: allocation and collection of small tuples.
-module(binary_trees).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 19 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) ->
    Stretch = check(make(N + 1)),
    Long = make(N),
    L = loop(4, N, []),
    {Stretch, L, check(Long)}.

loop(D, N, A) when D > N -> lists:reverse(A);
loop(D, N, A) ->
    K = 1 bsl (N - D + 4),
    loop(D + 4, N, [{K, many(K, D, 0)} | A]).

many(0, _, S) -> S;
many(K, D, S) -> many(K - 1, D, S + check(make(D))).

make(0) -> {nil, nil};
make(D) -> {make(D - 1), make(D - 1)}.

check({nil, _}) -> 1;
check({L, R}) -> 1 + check(L) + check(R).
