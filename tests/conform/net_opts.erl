%% options and what they are without setting
-module(net_opts).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, []),
    {ok, U} = gen_udp:open(0, [{ip, {127, 0, 0, 1}}]),
    All = [active, buffer, delay_send, deliver, dontroute, exit_on_close, header, high_msgq_watermark,
           high_watermark, keepalive, linger, low_msgq_watermark, low_watermark, mode, nodelay, packet,
           packet_size, priority, reuseaddr, send_timeout, send_timeout_close, show_econnreset, tos,
           line_delimiter, read_packets, nopush, ttl, recvtos, tclass, recvtclass, recvttl, pktoptions,
           bind_to_device, netns, ipv6_v6only, broadcast, multicast_ttl, multicast_loop, multicast_if, foo],
    [io:format("~p ~p~n", [O, [inet:getopts(S, [O]) || S <- [L, C, U]]]) || O <- All],
    Set = [{active, once}, {buffer, 3000}, {delay_send, true}, {dontroute, true}, {exit_on_close, false},
           {header, 2}, {high_msgq_watermark, 100}, {high_watermark, 20000}, {keepalive, true},
           {linger, {true, 2}}, {low_msgq_watermark, 50}, {low_watermark, 30000}, {mode, binary},
           {nodelay, true}, {packet, 4}, {packet_size, 77}, {priority, 3}, {reuseaddr, true},
           {send_timeout, 1000}, {send_timeout_close, true}, {show_econnreset, true}, {tos, 16},
           {ttl, 33}, {recvtos, true}, {read_packets, 3}, {packet, http_bin}, {packet, line}, {packet, raw},
           {active, false}, {active, 7}, {deliver, term}, {line_delimiter, $x}, {high_watermark, 100},
           {multicast_ttl, 3}, {multicast_loop, false}, {broadcast, true}, {nopush, true}],
    [io:format("~p ~p~n", [{O, V}, [{inet:setopts(S, [{O, V}]), inet:getopts(S, [O])} || S <- [L, C, U]]])
     || {O, V} <- Set],
    Bad = [{active, twice}, {buffer, x}, {header, -1}, {packet, 3}, {mode, foo}, {linger, true}, {nosuch, 1},
           {active, 40000}, {high_watermark, foo}, {read_packets, 0}, bad, {raw, 1, 2, 3}, {raw, 1}, {raw, 6, 999, <<1:32>>}],
    [io:format("~p ~p~n", [O, catch inet:setopts(C, [O])]) || O <- Bad],
    io:format("~p~n", [inet:getopts(C, [{raw, 6, 1, 4}])]),
    io:format("~p~n", [inet:setopts(C, [{raw, 6, 1, <<0:32>>}])]),
    io:format("~p~n", [inet:getopts(C, [{raw, 6, 1, 4}, nodelay, {raw, 6, 1, <<0:32>>}])]),
    io:format("~p~n", [inet:getopts(C, [{raw, 77, 1, 4}])]),
    io:format("~p~n", [inet:getopts(C, [mode, active])]),
    io:format("~p~n", [try inet:getopts(C, foo) catch error:E -> E end]).
