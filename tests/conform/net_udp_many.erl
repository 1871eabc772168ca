%% datagrams of many senders, none lost on a quiet socket that is read in time
-module(net_udp_many).
-export([main/0]).

main() ->
    Lo = {127, 0, 0, 1},
    {ok, S} = gen_udp:open(0, [{ip, Lo}, binary, {active, true}, {recbuf, 200000}]),
    {ok, P} = inet:port(S),
    [spawn_link(fun() ->
                        {ok, U} = gen_udp:open(0, [{ip, Lo}, binary, {active, false}]),
                        [begin ok = gen_udp:send(U, Lo, P, <<I:16, J:16>>), {ok, {Lo, P, <<"ack">>}} = gen_udp:recv(U, 0) end || J <- lists:seq(1, 50)]
                end) || I <- lists:seq(1, 10)],
    All = [receive {udp, S, A, Q, <<I:16, J:16>>} -> ok = gen_udp:send(S, A, Q, "ack"), {I, J} end || _ <- lists:seq(1, 500)],
    io:format("~p~n", [lists:sort(All) =:= [{I, J} || I <- lists:seq(1, 10), J <- lists:seq(1, 50)]]),
    io:format("~p~n", [[J || {3, J} <- All] =:= lists:seq(1, 50)]).
