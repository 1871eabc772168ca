%% Two processes exchanging messages.
-module(ping_pong).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 800000 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) ->
    P = spawn(fun() -> pong() end),
    R = ping(P, N, 0),
    P ! stop,
    R.

pong() -> receive {F, N} -> F ! N + 1, pong(); stop -> ok end.

ping(_, 0, A) -> A;
ping(P, N, A) -> P ! {self(), N}, receive M -> ping(P, N - 1, (A + M) band 16#FFFFFF) end.
