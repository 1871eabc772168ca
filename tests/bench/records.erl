%% A record updated in a loop, several fields at a time.
-module(records).
-export([main/1]).
-record(s, {n = 0, sum = 0, last, flag = false, a, b}).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 16000000 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) -> #s{n = C, sum = S, last = L} = loop(N, #s{}), {C, S, L}.

loop(0, S) -> S;
loop(I, #s{n = N, sum = Sum, flag = false} = S) -> loop(I - 1, S#s{n = N + 1, sum = (Sum + I) band 16#FFFFFF, flag = true});
loop(I, #s{n = N} = S) -> loop(I - 1, S#s{n = N + 1, last = I, flag = false}).
