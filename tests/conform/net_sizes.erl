%% buffer, recbuf and sndbuf: how one changes another, and what comes at once of a raw socket
-module(net_sizes).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    [begin
         {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false} | O]),
         {ok, S} = gen_tcp:accept(L),
         ok = inet:setopts(S, O),
         io:format("~0p: ~0p ~0p~n", [O, inet:getopts(C, [buffer]), inet:getopts(S, [buffer])]),
         gen_tcp:close(C),
         gen_tcp:close(S)
     end || O <- [[], [{buffer, 100}], [{recbuf, 3000}], [{recbuf, 10000}], [{recbuf, 500}], [{buffer, 100}, {recbuf, 9000}], [{recbuf, 9000}, {buffer, 100}],
                  [{sndbuf, 9000}], [{buffer, 1}], [{buffer, 0}], [{buffer, -5}], [{recbuf, 200000}]]],
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}]),
    {ok, S} = gen_tcp:accept(L),
    ok = gen_tcp:send(C, lists:seq(1, 50)),
    ok = gen_tcp:send(C, []),
    wait(S, 50),
    ok = inet:setopts(S, [{buffer, 20}]),
    io:format("~0p~n", [[gen_tcp:recv(S, N, 1000) || N <- [0, 5, 0, 0]]]),
    ok = gen_tcp:send(C, lists:seq(1, 50)),
    ok = gen_tcp:close(C),
    wait(S, 50),
    ok = inet:setopts(S, [{active, true}, {buffer, 30}]),
    io:format("~0p~n", [iolist_to_binary(told(S))]),
    [begin
         {ok, U} = gen_udp:open(0, O),
         io:format("~0p: ~0p~n", [O, inet:getopts(U, [buffer])]),
         gen_udp:close(U)
     end || O <- [[], [{buffer, 100}], [{recbuf, 3000}], [{recbuf, 20000}], [{buffer, 100}, {recbuf, 9000}], [{recbuf, 200000}], [{recbuf, 9000}, {buffer, 100}]]].

told(S) -> receive {tcp, S, D} -> [D | told(S)]; {tcp_closed, S} -> [] after 2000 -> [<<"nothing">>] end.

%% FIONREAD is not asked for; a peek does.
wait(S, N) -> wait(S, N, 200).
wait(_, _, 0) -> ok;
wait(S, _, I) when I > 195 -> timer:sleep(3), wait(S, 0, I - 1);
wait(_, _, _) -> ok.
