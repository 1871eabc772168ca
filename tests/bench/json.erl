%% A JSON document parsed from a binary and printed again.
-module(json).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 120 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) ->
    D = iolist_to_binary(["[", lists:join(",", [["{\"id\":", integer_to_list(K), ",\"name\":\"user ", integer_to_list(K), "\",\"tags\":[\"a\",\"b\",true,null],\"score\":", integer_to_list(K * 17), "}"] || K <- lists:seq(1, 2000)]), "]"]),
    run(N, D, 0).

run(0, _, A) -> A;
run(N, D, A) ->
    {V, <<>>} = value(D),
    B = iolist_to_binary(print(V)),
    run(N - 1, D, (A + byte_size(B) + erlang:crc32(B)) band 16#FFFFFFF).

value(<<"true", R/binary>>) -> {true, R};
value(<<"false", R/binary>>) -> {false, R};
value(<<"null", R/binary>>) -> {null, R};
value(<<$", R/binary>>) -> str(R, R, 0);
value(<<$[, R/binary>>) -> arr(R, []);
value(<<${, R/binary>>) -> obj(R, #{});
value(<<C, R/binary>>) when C >= $0, C =< $9 -> num(R, C - $0).

num(<<C, R/binary>>, N) when C >= $0, C =< $9 -> num(R, N * 10 + C - $0);
num(R, N) -> {N, R}.

str(<<$", R/binary>>, All, N) -> <<S:N/binary, _/binary>> = All, {S, R};
str(<<_, R/binary>>, All, N) -> str(R, All, N + 1).

arr(<<$], R/binary>>, A) -> {lists:reverse(A), R};
arr(<<$,, R/binary>>, A) -> arr(R, A);
arr(B, A) -> {V, R} = value(B), arr(R, [V | A]).

obj(<<$}, R/binary>>, M) -> {M, R};
obj(<<$,, R/binary>>, M) -> obj(R, M);
obj(<<$", R/binary>>, M) ->
    {K, <<$:, R2/binary>>} = str(R, R, 0),
    {V, R3} = value(R2),
    obj(R3, M#{K => V}).

print(true) -> "true";
print(null) -> "null";
print(N) when is_integer(N) -> integer_to_binary(N);
print(B) when is_binary(B) -> [$", B, $"];
print(L) when is_list(L) -> [$[, lists:join($,, [print(X) || X <- L]), $]];
print(M) -> [${, lists:join($,, [[print(K), $:, print(V)] || {K, V} <- maps:to_list(M)]), $}].
