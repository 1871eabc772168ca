%% gen_tcp over module socket: options, modes, packets, limits, ends
-module(sock_gen_tcp_more).
-export([main/0]).

main() ->
    O = [{inet_backend, socket}, {ip, {127, 0, 0, 1}}, binary, {active, false}],
    {ok, L} = gen_tcp:listen(0, O),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, O),
    {ok, S} = gen_tcp:accept(L),
    [io:format("~0p~n", [[X, inet:getopts(C, [X])]]) || X <- [active, mode, packet, packet_size, header, deliver, exit_on_close, nodelay, keepalive, linger, send_timeout, send_timeout_close, show_econnreset, delay_send, line_delimiter, reuseaddr, tos, priority, foo]],
    [io:format("~0p~n", [[X, try inet:setopts(C, [X]) catch E:R -> {E, R} end]]) || X <- [{nodelay, true}, {keepalive, true}, {packet, 2}, {packet, 0}, {header, 1}, {header, 0}, {active, 3}, {active, false}, {linger, {true, 1}}, {send_timeout, 100}, {foo, 1}, {mode, list}, {mode, binary}, {packet_size, 50}]],
    ok = gen_tcp:send(S, "abcdef"),
    io:format("~0p~n", [[gen_tcp:recv(C, 2), gen_tcp:unrecv(C, "ab"), gen_tcp:recv(C, 0)]]),
    ok = inet:setopts(C, [{active, true}]),
    [ok = gen_tcp:send(S, X) || X <- ["one"]],
    io:format("~0p~n", [receive {tcp, C, D} -> D after 1000 -> nothing end]),
    ok = inet:setopts(C, [{active, false}, {packet, line}]),
    ok = gen_tcp:send(S, "1\n22\n333"),
    io:format("~0p~n", [[gen_tcp:recv(C, 0, T) || T <- [1000, 1000, 20]]]),
    ok = inet:setopts(C, [{packet, raw}]),
    io:format("~0p~n", [gen_tcp:recv(C, 3, 1000)]),
    {ok, {A, PC}} = inet:sockname(C),
    io:format("~0p~n", [[A, inet:peername(S) =:= {ok, {A, PC}}, is_map(inet:info(C))]]),
    ok = gen_tcp:shutdown(S, write),
    io:format("~0p~n", [[gen_tcp:recv(C, 0, 1000), gen_tcp:send(C, "x")]]),
    [gen_tcp:close(X) || X <- [C, S, L]],
    io:format("~0p~n", [[gen_tcp:recv(C, 0), gen_tcp:send(C, "x"), gen_tcp:accept(L), inet:getopts(C, [active]), inet:setopts(C, [{active, once}]), inet:peername(C), gen_tcp:close(C)]]).
