%% a slow reader: the queue, its marks, limits, what others are told
-module(net_send_queue).
-export([main/0]).

pair(Opts) ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}, {recbuf, 4096}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}, {sndbuf, 4096} | Opts]),
    {ok, S} = gen_tcp:accept(L),
    gen_tcp:close(L),
    {C, S}.

fill(C, B) ->
    ok = gen_tcp:send(C, B),
    case inet:getstat(C, [send_pend]) of
        {ok, [{send_pend, 0}]} -> fill(C, B);
        {ok, [{send_pend, N}]} -> N
    end.

drain(S, N) ->
    case gen_tcp:recv(S, 0) of
        {ok, B} -> drain(S, N + byte_size(B));
        {error, closed} -> N
    end.

main() ->
    B = binary:copy(<<"x">>, 50000),
    {C, S} = pair([{send_timeout, 50}]),
    true = fill(C, B) > 0,
    io:format("~p~n", [gen_tcp:send(C, B)]),
    {ok, [{send_cnt, N}]} = inet:getstat(C, [send_cnt]),
    Me = self(),
    spawn_link(fun() -> Me ! {all, drain(S, 0)} end),
    gen_tcp:close(C),
    receive {all, All} -> io:format("~p~n", [All =:= N * 50000]) end,
    {C2, S2} = pair([{send_timeout, 50}, {send_timeout_close, true}]),
    true = fill(C2, B) > 0,
    io:format("~p~n", [gen_tcp:send(C2, B)]),
    io:format("~p ~p~n", [gen_tcp:send(C2, B), gen_tcp:recv(C2, 0)]),
    gen_tcp:close(S2),
    {C3, S3} = pair([]),
    true = fill(C3, B) > 0,
    W = spawn_link(fun() -> Me ! {w, gen_tcp:send(C3, B)} end),
    until_busy(C3),
    io:format("~p~n", [prim_inet:getstatus(C3)]),
    io:format("~p~n", [prim_inet:send(C3, "no", [nosuspend])]),
    spawn_link(fun() -> Me ! {v, gen_tcp:send(C3, B)} end),
    timer:sleep(30),
    io:format("~p~n", [receive {w, X} -> X; {v, X} -> X after 0 -> both_wait end]),
    {ok, [{send_pend, Pend}]} = inet:getstat(C3, [send_pend]),
    io:format("~p~n", [Pend >= 50000]),
    spawn_link(fun() -> Me ! {all, drain(S3, 0)} end),
    receive {w, X1} -> io:format("w ~p~n", [X1]) end,
    receive {v, X2} -> io:format("v ~p~n", [X2]) end,
    _ = W,
    {ok, [{send_cnt, N3}]} = inet:getstat(C3, [send_cnt]),
    gen_tcp:close(C3),
    receive {all, A3} -> io:format("~p~n", [A3 =:= N3 * 50000]) end,
    {C4, S4} = pair([{high_watermark, 10}, {low_watermark, 5}, {delay_send, true}]),
    ok = gen_tcp:send(C4, "delayed"),
    ok = gen_tcp:send(C4, " and more than ten"),
    io:format("~p~n", [gen_tcp:recv(S4, 25)]).

until_busy(S) ->
    case prim_inet:getstatus(S) of
        {ok, [busy | _]} -> ok;
        _ -> timer:sleep(1), until_busy(S)
    end.
