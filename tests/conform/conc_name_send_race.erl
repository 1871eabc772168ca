%% sends to a name that is given up and taken all the time arrive or fail, never vanish twice
-module(conc_name_send_race).
-export([main/0]).

main() ->
    Me = self(),
    Holder = spawn(fun() -> hold(0) end),
    Ss = [spawn(fun() -> Me ! {self(), send(300, 0)} end) || _ <- lists:seq(1, 4)],
    Sent = lists:sum([receive {S, N} -> N end || S <- Ss]),
    Holder ! {stop, Me},
    Got = receive {got, N2} -> N2 end,
    io:format("~p~n", [Sent =:= Got]).

send(0, Ok) -> Ok;
send(N, Ok) -> send(N - 1, Ok + try conc_flip ! hit, 1 catch error:badarg -> erlang:yield(), 0 end).
hold(N) ->
    register(conc_flip, self()),
    M = drain(N, 3),
    unregister(conc_flip),
    receive {stop, To} -> To ! {got, drain(M, 100000)} after 0 -> hold(M) end.
drain(N, 0) -> N;
drain(N, K) -> receive hit -> drain(N + 1, K - 1) after 0 -> N end.
