%% A ring of 1,000 processes, a token sent round.
-module(ring).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 1500 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(Laps) ->
    Me = self(),
    First = lists:foldl(fun(_, Next) -> spawn(fun() -> fwd(Next) end) end, Me, lists:seq(1, 1000)),
    First ! 0,
    laps(First, Laps).

laps(_, 0) -> receive V -> V end;
laps(First, N) -> receive V -> First ! V, laps(First, N - 1) end.

fwd(Next) -> receive V -> Next ! V + 1, fwd(Next) end.
