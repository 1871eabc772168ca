%% Terms of about 1 MB sent to and fro.
-module(big_messages).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 400 end,
    Load = [{I, I * 7, [I]} || I <- lists:seq(1, 13000)],
    Start = erlang:monotonic_time(microsecond),
    Result = run(N, Load),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N, Load) ->
    Me = self(),
    Echo = spawn_link(fun Loop() -> receive {From, Term} -> From ! Term, Loop() end end),
    Sum = lists:sum([begin Echo ! {Me, Load}, receive [{1, A, _} | _] -> A end end || _ <- lists:seq(1, N)]),
    unlink(Echo),
    exit(Echo, kill),
    Sum.
