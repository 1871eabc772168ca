%% nodelay, keepalive, linger, tos and the like: set at each place, inherited or not by who is accepted
-module(net_keeps).
-export([main/0]).

main() ->
    O = [{nodelay, true}, {keepalive, true}, {linger, {true, 5}}, {tos, 16}, {priority, 2}, {packet, 2}, {mode, binary}, {active, false}, {header, 3}, {send_timeout, 99}, {send_timeout_close, true}, {delay_send, true}, {packet_size, 1000},
         {high_watermark, 5000}, {low_watermark, 1000}, {exit_on_close, false}, {show_econnreset, true}, {buffer, 3333}, {deliver, term}],
    Names = [element(1, X) || X <- O],
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}} | O]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, O),
    {ok, S} = gen_tcp:accept(L),
    [io:format("~0p ~0p~n", [N, [inet:getopts(X, [N]) || X <- [L, C, S]]]) || N <- Names],
    {ok, D} = gen_tcp:connect({127, 0, 0, 1}, P, []),
    {ok, T} = gen_tcp:accept(L),
    [io:format("~0p ~0p~n", [N, [inet:getopts(X, [N]) || X <- [D, T]]]) || N <- Names],
    %% Changed at the listener: those who come later have it.
    ok = inet:setopts(L, [{packet, 4}, {nodelay, false}, {buffer, 4444}, {mode, list}, {active, once}]),
    {ok, E} = gen_tcp:connect({127, 0, 0, 1}, P, []),
    {ok, U} = gen_tcp:accept(L),
    io:format("~0p~n", [[inet:getopts(X, [packet, nodelay, buffer, mode, active]) || X <- [L, T, U]]]),
    {ok, Two} = inet:getopts(L, [packet, mode]),
    io:format("~0p~n", [Two]),
    [begin inet:setopts(X, [{linger, {true, 0}}]), gen_tcp:close(X) end || X <- [C, S, D, T, E, U, L]].
