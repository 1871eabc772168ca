%% Iolists of numbers and text, flattened to binaries; strings built by ++ and integer_to_list.
-module(iolist).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 150 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) -> run(N, 0).

run(0, A) -> A;
run(N, A) ->
    L = [["item ", integer_to_list(K), $,, integer_to_binary(K * N), <<"\n">>] || K <- lists:seq(1, 10000)],
    B = iolist_to_binary(L),
    S = lists:flatten([integer_to_list(K) ++ " " || K <- lists:seq(1, 3000)]),
    run(N - 1, (A + byte_size(B) + length(S) + erlang:crc32(B)) band 16#FFFFFFF).
