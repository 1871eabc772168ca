%% messages as a port's, and lists behind a head
-module(net_deliver).
-export([main/0]).

pair(Opts) ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}, {packet, 1}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [{active, false}, {packet, 1} | Opts]),
    {ok, S} = gen_tcp:accept(L),
    gen_tcp:close(L),
    {C, S}.

main() ->
    {C, S} = pair([{deliver, port}, list]),
    inet:setopts(C, [{active, 2}]),
    ok = gen_tcp:send(S, "abc"),
    receive {C, {data, D}} -> io:format("~p~n", [D]) end,
    inet:setopts(C, [binary, {header, 2}]),
    ok = gen_tcp:send(S, "abc"),
    receive {C, {data, E}} -> io:format("~p~n", [E]) end,
    receive {tcp_passive, C} -> io:format("passive~n") end,
    [begin
         {C2, S2} = pair([M, {header, N}]),
         ok = gen_tcp:send(S2, Data),
         io:format("~p ~p ~p~n", [M, N, gen_tcp:recv(C2, 0)])
     end || M <- [list, binary], N <- [0, 1, 3, 10], Data <- ["", "ab", "abc", "abcdefghijklm"]].
