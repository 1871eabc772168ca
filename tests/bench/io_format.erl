%% Formatted text: io_lib:format with its usual directives, flattened to binaries.
-module(io_format).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 60 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N, 0),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(0, A) -> A;
run(N, A) ->
    L = [line(K) || K <- lists:seq(1, 1000)],
    B = unicode:characters_to_binary(L),
    run(N - 1, (A + byte_size(B) + erlang:crc32(B)) band 16#FFFFFFF).

line(K) ->
    io_lib:format("~w: ~s ~p ~.3f ~5..0b ~-10s|~c ~ts~n",
                  [K, "name", {ok, [K, a, "text", <<"bin">>, #{key => K}]}, K / 7, K, "pad", $x, [228, 8364]]).
