%% {active, N}: adding, going below zero, limits, passive messages, the last packets before the end
-module(net_active_count).
-export([main/0]).

main() -> [backend(B) || B <- [inet, socket]], datagrams().

backend(B) ->
    O = [{inet_backend, B}, binary, {active, false}, {ip, {127, 0, 0, 1}}, {packet, 1}],
    {ok, L} = gen_tcp:listen(0, O),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, O),
    {ok, S} = gen_tcp:accept(L),
    io:format("~p~n", [B]),
    set(S, [3]),
    send(C, 3),
    io:format("~p~n", [told(S)]),
    set(S, [2, 3, -1]),
    send(C, 5),
    io:format("~p~n", [told(S)]),
    io:format("~p~n", [gen_tcp:recv(S, 0, 1000)]),
    set(S, [1, -1]),
    io:format("~p~n", [told(S)]),
    set(S, [5, -100]),
    io:format("~p~n", [told(S)]),
    set(S, [0]),
    io:format("~p~n", [told(S)]),
    set(S, [32767]),
    set(S, [1]),
    set(S, [-32768]),
    io:format("~p~n", [told(S)]),
    set(S, [32768]),
    set(S, [-32769]),
    set(S, [7, once, 4, true, 3, false, 2]),
    send(C, 3),
    io:format("~p~n", [told(S)]),
    set(S, [10]),
    send(C, 2),
    ok = gen_tcp:close(C),
    io:format("~p ~p~n", [told(S), gen_tcp:recv(S, 0, 100)]),
    gen_tcp:close(S),
    %% From the start on, and inherited by who is accepted.
    {ok, L2} = gen_tcp:listen(0, lists:keyreplace(active, 1, O, {active, 2})),
    {ok, P2} = inet:port(L2),
    {ok, C2} = gen_tcp:connect({127, 0, 0, 1}, P2, lists:keyreplace(active, 1, O, {active, 1})),
    {ok, S2} = gen_tcp:accept(L2),
    io:format("~p~n", [[inet:getopts(X, [active]) || X <- [L2, C2, S2]]]),
    send(C2, 2),
    send(S2, 1),
    io:format("~p ~p~n", [told(S2), told(C2)]),
    [gen_tcp:close(X) || X <- [C2, S2, L2, L]].

set(S, Ns) ->
    io:format("~p: ~p~n", [Ns, [{inet:setopts(S, [{active, N}]), inet:getopts(S, [active])} || N <- Ns]]).

send(C, N) -> [ok = gen_tcp:send(C, [I + $0]) || I <- lists:seq(1, N)].

told(S) ->
    receive
        {tcp, S, D} -> [D | told(S)];
        {tcp_passive, S} -> [passive | told(S)];
        {tcp_closed, S} -> [closed | told(S)]
    after 40 -> []
    end.

datagrams() ->
    {ok, U} = gen_udp:open(0, [{ip, {127, 0, 0, 1}}, binary, {active, 2}]),
    {ok, P} = inet:port(U),
    {ok, V} = gen_udp:open(0, [{ip, {127, 0, 0, 1}}, binary]),
    [ok = gen_udp:send(V, {127, 0, 0, 1}, P, [I]) || I <- "abcd"],
    io:format("~p~n", [udp(U)]),
    io:format("~p~n", [element(3, element(2, gen_udp:recv(U, 0, 1000)))]),
    io:format("~p~n", [inet:setopts(U, [{active, 1}])]),
    io:format("~p~n", [udp(U)]),
    set(U, [3, -3, 32767, 1, -32768, 0]),
    io:format("~p~n", [udp(U)]),
    gen_udp:close(U),
    gen_udp:close(V).

udp(U) ->
    receive
        {udp, U, _, _, D} -> [D | udp(U)];
        {udp_passive, U} -> [passive | udp(U)]
    after 40 -> []
    end.
