%% SO_LINGER 0 and other resets, with and without show_econnreset: who is told what, by which call
-module(net_resets).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    [io:format("~0p ~0p: ~0p~n", [Name, O, with(L, P, F, O)])
     || {Name, F} <- [{recv, fun in_recv/2}, {recv_later, fun recv_later/2}, {send_later, fun send_later/2}, {active, fun active/2},
                      {once, fun once/2}, {data, fun data/2}, {unread, fun unread/2}, {twice, fun twice/2}],
        O <- [[], [{show_econnreset, true}], [{exit_on_close, false}], [{show_econnreset, true}, {exit_on_close, false}]]].

with(L, P, F, O) ->
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false} | O]),
    {ok, S} = gen_tcp:accept(L),
    R = F(C, S),
    gen_tcp:close(C),
    gen_tcp:close(S),
    R.

reset(S) ->
    ok = inet:setopts(S, [{linger, {true, 0}}]),
    ok = gen_tcp:close(S).

%% Nothing is read before it has come.
come(C) -> come(C, 200).
come(_, 0) -> error(not_reset);
come(C, N) ->
    %% TCP_INFO begins with the state: 7 is CLOSE.
    case inet:getopts(C, [{raw, 6, 11, 8}]) of
        {ok, [{raw, 6, 11, <<7, _/binary>>}]} -> ok;
        _ -> timer:sleep(2), come(C, N - 1)
    end.

in_recv(C, S) ->
    Me = self(),
    Pid = spawn_link(fun() -> Me ! ready, Me ! {self(), [gen_tcp:recv(C, 0), gen_tcp:recv(C, 0), gen_tcp:send(C, "x")]} end),
    receive ready -> timer:sleep(10) end,
    reset(S),
    receive {Pid, R} -> R after 2000 -> nothing end.

recv_later(C, S) -> reset(S), come(C), [gen_tcp:recv(C, 0, 1000), gen_tcp:recv(C, 0, 1000), gen_tcp:send(C, "x"), inet:peername(C)].
send_later(C, S) -> reset(S), come(C), [gen_tcp:send(C, "x"), gen_tcp:send(C, "x"), gen_tcp:recv(C, 0, 1000), gen_tcp:recv(C, 0, 1000)].

active(C, S) -> ok = inet:setopts(C, [{active, true}]), reset(S), T = told(C, 2), [T, erlang:port_info(C, connected) =:= undefined, gen_tcp:send(C, "x"), inet:setopts(C, [{active, true}]), told(C, 1)].
once(C, S) -> reset(S), come(C), ok = inet:setopts(C, [{active, once}]), T = told(C, 2), [T, erlang:port_info(C, connected) =:= undefined, gen_tcp:recv(C, 0, 100)].

told(_, 0) -> [];
told(C, N) ->
    receive
        {tcp_closed, C} -> [closed];
        {tcp_error, C, R} -> [R | told(C, N - 1)];
        {tcp, C, D} -> [D | told(C, N - 1)]
    after 100 -> [nothing]
    end.

%% Data before a reset is lost once that has come.
data(C, S) -> ok = gen_tcp:send(S, "lost"), reset(S), come(C), [gen_tcp:recv(C, 4, 1000), gen_tcp:recv(C, 0, 1000)].

%% A close with unread bytes resets, too.
unread(C, S) ->
    ok = gen_tcp:send(C, "unread"),
    {ok, _} = gen_tcp:recv(S, 1),
    ok = gen_tcp:send(C, "more"),
    wait(S, 200),
    ok = gen_tcp:close(S),
    come(C),
    [gen_tcp:recv(C, 0, 1000), gen_tcp:recv(C, 0, 1000)].

wait(_, 0) -> ok;
wait(S, N) ->
    case inet:getstat(S, [recv_cnt]) of
        {ok, _} when N > 195 -> timer:sleep(2), wait(S, N - 1);
        _ -> ok
    end.

twice(C, S) -> reset(S), come(C), [gen_tcp:shutdown(C, write), gen_tcp:recv(C, 0, 1000), gen_tcp:shutdown(C, read_write), gen_tcp:close(C), gen_tcp:close(C)].
