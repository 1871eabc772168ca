%% option header: the first bytes as a list, of each way to receive, with packets longer and shorter
-module(net_headers).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}, {packet, 2}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}, {packet, 2}]),
    {ok, S} = gen_tcp:accept(L),
    [begin
         ok = inet:setopts(S, [{header, H}, {mode, M}, {active, false}]),
         R = [begin
                  ok = gen_tcp:send(C, D),
                  ok = gen_tcp:send(C, D),
                  {ok, A} = gen_tcp:recv(S, 0, 1000),
                  ok = inet:setopts(S, [{active, once}]),
                  B = receive {tcp, S, X} -> X after 1000 -> nothing end,
                  {A, A =:= B}
              end || D <- ["", "a", "ab", "abc", "abcdef"]],
         io:format("~p ~p: ~p~n", [H, M, R])
     end || H <- [0, 1, 2, 3, 6, 7], M <- [binary, list]],
    ok = inet:setopts(S, [{header, 4}, {mode, binary}]),
    ok = gen_tcp:send(C, binary:copy(<<"0123456789">>, 5000)),
    {ok, [A1, A2, A3, A4 | B]} = gen_tcp:recv(S, 0),
    io:format("~p ~p~n", [[A1, A2, A3, A4], byte_size(B)]),
    io:format("~p~n", [[catch inet:setopts(S, [{header, X}]) || X <- [-1, a, 1.0]]]),
    {ok, U} = gen_udp:open(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}, {header, 2}]),
    {ok, V} = gen_udp:open(0, [{ip, {127, 0, 0, 1}}, binary, {header, 1}]),
    {ok, PU} = inet:port(U),
    {ok, PV} = inet:port(V),
    [begin
         ok = gen_udp:send(V, {127, 0, 0, 1}, PU, D),
         {ok, {_, PV, X}} = gen_udp:recv(U, 0, 1000),
         ok = gen_udp:send(U, {127, 0, 0, 1}, PV, D),
         io:format("~p ~p~n", [X, receive {udp, V, _, PU, Y} -> Y after 1000 -> nothing end])
     end || D <- ["", "a", "ab", "abc", binary:copy(<<"z">>, 70)]].
