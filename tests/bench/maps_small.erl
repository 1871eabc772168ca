%% Maps of a few keys read and updated in a loop.
-module(maps_small).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 10000000 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) -> #{sum := S, count := C} = loop(N, #{sum => 0, count => 0, name => "x", kind => a, left => none}), {S, C}.

loop(0, M) -> M;
loop(N, #{sum := S, count := C, kind := a} = M) -> loop(N - 1, M#{sum := (S + N) band 16#FFFFFF, count := C + 1, kind := b});
loop(N, #{count := C} = M) -> loop(N - 1, M#{count := C + 1, kind := a, left => N}).
