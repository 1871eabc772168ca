%% options that are not: at listen, connect, open, setopts and getopts, of each kind of socket
-module(net_bad_options).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, {active, false}, {backlog, 1024}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [{active, false}]),
    {ok, U} = gen_udp:open(0, []),
    [io:format("~0p:~n  ~0p~n", [O, [t(fun() -> gen_tcp:listen(0, O) end), t(fun() -> gen_tcp:connect({127, 0, 0, 1}, P, O) end),
                                     t(fun() -> gen_udp:open(0, O) end), t(fun() -> inet:setopts(C, O) end), t(fun() -> inet:setopts(U, O) end)]])
     || O <- options()],
    [io:format("~0p: ~0p~n", [O, [t(fun() -> inet:getopts(C, O) end), t(fun() -> inet:getopts(U, O) end), t(fun() -> inet:getopts(L, O) end)]])
     || O <- [[foo], [active, foo], foo, [{active}], [1], [active | foo], [], [packet, header, mode], [deliver, deliver], [multicast_if], [read_packets], [add_membership]]],
    io:format("~0p~n", [[t(fun() -> gen_tcp:listen(X, []) end) || X <- [-1, 65536, foo, 1.0]]]),
    io:format("~0p~n", [[t(fun() -> gen_tcp:connect({127, 0, 0, 1}, X, []) end) || X <- [-1, 65536, 0]]]),
    io:format("~0p~n", [[t(fun() -> gen_tcp:connect(X, P, []) end) || X <- [{1, 2, 3}, {256, 0, 0, 1}, {127, 0, 0, 1, 5}, <<"x">>, 1]]]),
    io:format("~0p~n", [[t(fun() -> gen_udp:open(X) end) || X <- [-1, 65536]]]),
    io:format("~0p~n", [[t(fun() -> gen_tcp:listen(0, [{ip, X}]) end) || X <- [{1, 2, 3}, {192, 0, 2, 1}, {0, 0, 0, 0, 0, 0, 0, 1}, loopback, any, foo]]]).

t(F) -> try F() of {ok, S} when is_port(S) -> inet:close(S), ok; R -> R catch E:R -> {E, R} end.

options() ->
    [[{active, foo}], [{active, 100000}], [{packet, 3}], [{packet, foo}], [{packet, 4}, {packet, x}], [{header, -1}], [{mode, foo}], [{buffer, foo}], [{linger, foo}], [{linger, {1, 2}}], [{linger, {true, -1}}],
     [{nodelay, 1}], [{nodelay, foo}], [{keepalive, 0}], [{tos, foo}], [{priority, -1}], [{priority, 77}], [{packet_size, -1}], [{packet_size, foo}], [{high_watermark, -1}], [{low_watermark, foo}],
     [{send_timeout, -1}], [{send_timeout, foo}], [{send_timeout, infinity}], [{send_timeout_close, 1}], [{delay_send, 1}], [{deliver, foo}], [{line_delimiter, 256}], [{line_delimiter, a}], [{show_econnreset, 2}],
     [{exit_on_close, foo}], [{reuseaddr, foo}], [{broadcast, foo}], [{multicast_ttl, 256}], [{multicast_if, foo}], [{add_membership, foo}], [{add_membership, {{1, 2, 3, 4}, {0, 0, 0, 0}}}], [{read_packets, 0}], [{bind_to_device, 5}],
     [{bind_to_device, <<"nosuchdev">>}], [{netns, 5}], [foo], [{foo, 1}], [{ipv6_v6only, foo}], [{ipv6_v6only, true}], [{tclass, 5}], [{recvtos, 2}], [{ttl, 0}], [{ttl, 256}], [{msgq, 1}], [{high_msgq_watermark, 0}], [{low_msgq_watermark, 0}],
     [{backlog, foo}], [{backlog, -1}], [{fd, foo}], [{fd, 99999}], [{port, foo}], [{inet_backend, foo}], [binary, list, {mode, binary}], foo, [list | binary], [inet6, {ip, {127, 0, 0, 1}}], [{tcp_module, foo}], [{raw, 1, 2}], [{sndbuf, -1}], [{recbuf, a}]].
