%% UTF-8 decoded and encoded code point by code point.
-module(utf8).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 250 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) ->
    T = unicode:characters_to_binary([[$a, 228, 8364, 128512, $z, $\s, 1046] || _ <- lists:seq(1, 10000)]),
    run(N, T, 0).

run(0, _, A) -> A;
run(N, T, A) ->
    U = up(T, <<>>),
    run(N - 1, T, A + count(U, 0) + byte_size(U)).

count(<<C/utf8, R/binary>>, S) -> count(R, (S + C) band 16#FFFF);
count(<<>>, S) -> S.

up(<<C/utf8, R/binary>>, A) when C >= $a, C =< $z -> up(R, <<A/binary, (C - 32)/utf8>>);
up(<<C/utf8, R/binary>>, A) -> up(R, <<A/binary, C/utf8>>);
up(<<>>, A) -> A.
