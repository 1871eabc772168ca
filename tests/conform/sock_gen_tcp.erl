%% gen_tcp and gen_udp over module socket: {inet_backend, socket}
-module(sock_gen_tcp).
-export([main/0]).

main() ->
    O = [{inet_backend, socket}, binary, {active, false}, {ip, {127, 0, 0, 1}}],
    {ok, L} = gen_tcp:listen(0, O),
    {ok, P} = inet:port(L),
    {C, S} = pair(L, P, O),
    show(echo, [gen_tcp:send(C, "hello"), gen_tcp:recv(S, 5, 1000), gen_tcp:send(S, [<<"ba">>, "ck"]), gen_tcp:recv(C, 0)]),
    show(timeout, [gen_tcp:recv(C, 1, 20), gen_tcp:recv(C, 0, 0)]),
    show(names, [inet:peername(C) =:= {ok, {{127, 0, 0, 1}, P}}, inet:sockname(S) =:= inet:peername(C)]),
    packets(C, S), active(C, S),
    show(options, [inet:setopts(C, [{nodelay, true}, {packet, raw}]), inet:getopts(C, [active, nodelay, packet, mode, keepalive])]),
    show(bad, [inet:setopts(C, [{nothing, 1}])]),
    show(shutdown, [gen_tcp:shutdown(C, write), gen_tcp:recv(S, 0, 1000), gen_tcp:send(S, "still"), gen_tcp:recv(C, 5, 1000)]),
    show(close, [gen_tcp:close(S), gen_tcp:recv(C, 0, 1000), gen_tcp:close(C), gen_tcp:send(C, "x"), gen_tcp:recv(C, 0)]),
    closed(L, P, O), owners(L, P, O), refused(O),
    show(accept, [gen_tcp:accept(L, 20), gen_tcp:accept(L, 0), gen_tcp:close(L), gen_tcp:accept(L)]),
    udp().

show(What, Results) -> io:format("~p: ~0p~n", [What, Results]).

pair(L, P, O) ->
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, O),
    {ok, S} = gen_tcp:accept(L, 5000),
    {C, S}.

packets(C, S) ->
    [begin
         ok = inet:setopts(C, [{packet, Kind}]),
         ok = inet:setopts(S, [{packet, Kind}]),
         ok = gen_tcp:send(C, Data),
         ok = gen_tcp:send(C, Data),
         show(Kind, [gen_tcp:recv(S, 0, 1000), gen_tcp:recv(S, 0, 1000)])
     end || {Kind, Data} <- [{1, "one"}, {2, <<>>}, {2, "two"}, {4, lists:duplicate(70000, $x)}, {line, "a line\n"},
                             {http_bin, "GET / HTTP/1.0\r\n\r\n"}], length_ok(Data)],
    show(rest, [gen_tcp:recv(S, 0, 1000), gen_tcp:recv(S, 0, 1000)]),
    ok = inet:setopts(C, [{packet, raw}]),
    ok = inet:setopts(S, [{packet, raw}]).

length_ok(D) -> iolist_size(D) < 1000.

active(C, S) ->
    ok = inet:setopts(S, [{active, once}]),
    ok = gen_tcp:send(C, "once"),
    receive {tcp, S, A} -> show(once, [A, inet:getopts(S, [active])]) end,
    ok = inet:setopts(S, [{active, 1}]),
    ok = gen_tcp:send(C, "counted"),
    receive {tcp, S, B} -> show(counted, [B]) end,
    receive {tcp_passive, S} -> show(passive, [inet:getopts(S, [active])]) end,
    ok = inet:setopts(S, [{active, true}, {mode, list}]),
    ok = gen_tcp:send(C, "list"),
    receive {tcp, S, D} -> show(active, [D, gen_tcp:recv(S, 0)]) end,
    ok = inet:setopts(S, [{active, false}, {mode, binary}]).

closed(L, P, O) ->
    {C, S} = pair(L, P, O),
    ok = inet:setopts(C, [{active, true}]),
    ok = gen_tcp:close(S),
    receive {tcp_closed, C} -> show(tcp_closed, [gen_tcp:send(C, "x"), gen_tcp:close(C)]) end.

owners(L, P, O) ->
    {C, S} = pair(L, P, O),
    {Pid, Monitor} = spawn_monitor(fun() -> receive go -> ok = gen_tcp:send(C, "mine") end end),
    ok = gen_tcp:controlling_process(C, Pid),
    show(not_mine, [gen_tcp:controlling_process(C, self())]),
    Pid ! go,
    receive {'DOWN', Monitor, _, _, R} -> show(owner, [R, gen_tcp:recv(S, 4, 1000), gen_tcp:recv(S, 0, 1000)]) end,
    gen_tcp:close(S).

refused(O) ->
    {ok, L} = gen_tcp:listen(0, O),
    {ok, P} = inet:port(L),
    ok = gen_tcp:close(L),
    show(refused, [gen_tcp:connect({127, 0, 0, 1}, P, O)]).

udp() ->
    O = [{inet_backend, socket}, binary, {ip, {127, 0, 0, 1}}],
    {ok, A} = gen_udp:open(0, O ++ [{active, false}]),
    {ok, B} = gen_udp:open(0, O ++ [{active, true}]),
    {ok, PA} = inet:port(A),
    {ok, PB} = inet:port(B),
    ok = gen_udp:send(A, {127, 0, 0, 1}, PB, "to b"),
    receive {udp, B, {127, 0, 0, 1}, PA, D} -> show(udp, [D]) end,
    ok = gen_udp:send(B, {127, 0, 0, 1}, PA, <<>>),
    ok = gen_udp:send(B, {127, 0, 0, 1}, PA, ["to", " a"]),
    show(recv, [element(3, element(2, gen_udp:recv(A, 0, 1000))), element(3, element(2, gen_udp:recv(A, 0, 1000))), gen_udp:recv(A, 0, 20)]),
    show(close, [gen_udp:close(A), gen_udp:recv(A, 0, 10), gen_udp:close(B)]).
