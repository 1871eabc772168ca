%% many messages seen from outside while more arrive
-module(conc_info_messages).
-export([main/0]).

main() ->
    P = spawn(fun() -> receive stop -> ok end end),
    L = [begin P ! {m, I, lists:seq(1, I rem 10)}, {messages, M} = process_info(P, messages), length(M) =:= I end || I <- lists:seq(1, 200)],
    io:format("~p~n", [lists:usort(L)]),
    {messages, Ms} = process_info(P, messages),
    io:format("~p~n", [Ms =:= [{m, I, lists:seq(1, I rem 10)} || I <- lists:seq(1, 200)]]),
    Me = self(),
    [spawn(fun() -> [P ! {Me, K} || K <- lists:seq(1, 100)], Me ! sent end) || _ <- lists:seq(1, 5)],
    [receive sent -> ok end || _ <- lists:seq(1, 5)],
    io:format("~p~n", [process_info(P, message_queue_len)]),
    P ! stop.
