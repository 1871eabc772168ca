%% A thousand processes that each send to the same one.
-module(senders).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 1000 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(1000, N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(Senders, Each) ->
    Me = self(),
    [spawn(fun() -> send(Me, I, Each) end) || I <- lists:seq(1, Senders)],
    take(Senders * Each, 0).

send(_, _, 0) -> ok;
send(To, I, N) ->
    To ! {I, N},
    send(To, I, N - 1).

take(0, Sum) -> Sum;
take(N, Sum) -> receive {I, J} -> take(N - 1, Sum + I + J) end.
