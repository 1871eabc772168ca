%% A parser over a binary of key=value lines: matching byte by byte and by field.
-module(binary_match).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 250 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) ->
    T = iolist_to_binary([["key", integer_to_list(K), "=", integer_to_list(K * K), $\n] || K <- lists:seq(1, 20000)]),
    run(N, T, 0).

run(0, _, A) -> A;
run(N, T, A) ->
    {C, S} = lines(T, 0, 0),
    run(N - 1, T, (A + C + S) band 16#FFFFFFF).

lines(<<>>, C, S) -> {C, S};
lines(<<"key", R/binary>>, C, S) ->
    {K, <<"=", R2/binary>>} = num(R, 0),
    {V, <<"\n", R3/binary>>} = num(R2, 0),
    lines(R3, C + 1, (S + K + V) band 16#FFFFFF).

num(<<D, R/binary>>, N) when D >= $0, D =< $9 -> num(R, N * 10 + D - $0);
num(R, N) -> {N, R}.
