%% high and low watermarks: when a send waits, when others do, nosuspend, what port_info tells
-module(net_watermarks).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}, {recbuf, 4096}]),
    {ok, P} = inet:port(L),
    [io:format("~0p: ~0p~n", [O, marks(O, L, P)]) || O <- [[], [{high_watermark, 100000}], [{high_watermark, 100000}, {low_watermark, 50000}], [{low_watermark, 90000}], [{high_watermark, 10}], [{high_watermark, 0}]]],
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}, {sndbuf, 4096}, {high_watermark, 8192}]),
    {ok, S} = gen_tcp:accept(L),
    ok = gen_tcp:send(C, binary:copy(<<1>>, 6000000)),
    %% It is queued; the next one waits.
    {ok, [{send_pend, N}]} = inet:getstat(C, [send_pend]),
    Me = self(),
    Pid = spawn_link(fun() -> Me ! {self(), gen_tcp:send(C, binary:copy(<<2>>, 1000))} end),
    receive {Pid, _} -> io:format("early~n") after 30 -> io:format("~0p waits~n", [N > 1000000]) end,
    R = [port_command(C, [], [nosuspend]), erlang:port_command(C, <<"never">>, [nosuspend])],
    io:format("~0p~n", [R]),
    Third = spawn_link(fun() -> Me ! {self(), gen_tcp:send(C, "third")} end),
    receive {Third, _} -> io:format("early~n") after 20 -> ok end,
    D = read(S, 6000000 + 1000 + 5, []),
    io:format("~0p~n", [[receive {Q, X} -> X end || Q <- [Pid, Third]]]),
    io:format("~0p~n", [[erlang:md5(D), inet:getstat(C, [send_pend])]]),
    [gen_tcp:close(X) || X <- [C, S, L]].

marks(O, L, P) ->
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [{active, false} | O]),
    {ok, S} = gen_tcp:accept(L),
    R = inet:getopts(C, [high_watermark, low_watermark, high_msgq_watermark, low_msgq_watermark]),
    gen_tcp:close(C),
    gen_tcp:close(S),
    R.

read(_, 0, A) -> iolist_to_binary(lists:reverse(A));
read(S, N, A) ->
    {ok, D} = gen_tcp:recv(S, min(N, 1000000), 5000),
    read(S, N - byte_size(D), [D | A]).
