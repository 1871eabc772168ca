%% Bytes and words appended to a binary in a loop.
-module(binary_build).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 10000000 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) ->
    B = append(N, <<>>),
    C = comp(N div 10),
    {byte_size(B), erlang:crc32(B), byte_size(C)}.

append(0, B) -> B;
append(N, B) when N band 7 =:= 0 -> append(N - 1, <<B/binary, N:32, "sep">>);
append(N, B) -> append(N - 1, <<B/binary, N>>).

comp(N) -> << <<X:16, (X * 3):24/little>> || X <- lists:seq(1, N) >>.
