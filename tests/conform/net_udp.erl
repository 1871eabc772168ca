%% datagrams: passive, active, connected, errors
-module(net_udp).
-export([main/0]).

main() ->
    Lo = {127, 0, 0, 1},
    {ok, A} = gen_udp:open(0, [{ip, Lo}, binary, {active, false}]),
    {ok, B} = gen_udp:open(0, [{ip, Lo}, list]),
    {ok, PA} = inet:port(A), {ok, PB} = inet:port(B),
    io:format("~p~n", [gen_udp:send(B, Lo, PA, ["he", <<"llo">>, [$!]])]),
    {ok, {F, Pt, D}} = gen_udp:recv(A, 0),
    io:format("~p ~p ~p~n", [F, Pt =:= PB, D]),
    ok = gen_udp:send(A, {Lo, PB}, "back"),
    receive {udp, B, F2, P2, D2} -> io:format("~p ~p ~p~n", [F2, P2 =:= PA, D2]) end,
    io:format("~p ~p~n", [gen_udp:recv(A, 0, 0), gen_udp:recv(A, 0, 20)]),
    ok = gen_udp:send(B, Lo, PA, ""),
    {ok, {_, _, Empty}} = gen_udp:recv(A, 0),
    io:format("~p~n", [Empty]),
    io:format("~p~n", [gen_udp:send(B, Lo, PA, binary:copy(<<1>>, 70000))]),
    ok = gen_udp:send(B, Lo, PA, binary:copy(<<1>>, 8000)),
    {ok, {_, _, Big}} = gen_udp:recv(A, 0),
    io:format("~p~n", [byte_size(Big)]),
    inet:setopts(B, [{active, 2}]),
    [gen_udp:send(A, Lo, PB, [N]) || N <- [1, 2, 3]],
    io:format("~p~n", [[receive {udp, B, _, _, X} -> X; {udp_passive, B} -> passive after 1000 -> none end || _ <- [1, 2, 3]]]),
    io:format("~p~n", [receive Y -> Y after 20 -> nothing end]),
    inet:setopts(B, [{active, once}]),
    io:format("~p~n", [receive {udp, B, _, _, X} -> X end]),
    io:format("~p~n", [inet:getopts(B, [active])]),
    ok = gen_udp:connect(A, Lo, PB),
    io:format("~p ~p~n", [inet:peername(A) =:= {ok, {Lo, PB}}, gen_udp:send(A, "connected")]),
    {ok, {_, _, Con}} = gen_udp:recv(B, 0, 1000),
    io:format("~p~n", [Con]),
    inet:setopts(B, [{active, true}, {header, 2}, binary]),
    ok = gen_udp:send(A, "header"),
    receive {udp, B, _, _, H} -> io:format("~p~n", [H]) end,
    gen_udp:close(B),
    io:format("~p~n", [gen_udp:recv(B, 0)]),
    io:format("~p~n", [gen_udp:send(B, Lo, PA, "x")]),
    io:format("~p~n", [try gen_udp:send(A, Lo, 70000, "x") catch error:E -> E end]),
    io:format("~p~n", [gen_udp:open(PA, [{ip, Lo}])]),
    {ok, [{recv_cnt, Cnt}]} = inet:getstat(A, [recv_cnt]),
    io:format("~p~n", [Cnt]),
    Me = self(),
    Pid = spawn(fun() -> Me ! {r, gen_udp:recv(A, 0, 5000)} end),
    waits(Pid, recvfrom0),
    io:format("~p~n", [gen_udp:recv(A, 0, 100)]),
    gen_udp:close(A),
    receive {r, R} -> io:format("~p~n", [R]) end.

%% Until Pid waits in that function of prim_inet.
waits(Pid, F) ->
    case process_info(Pid, [current_function, status]) of
        [{_, {prim_inet, F, _}}, {_, waiting}] -> Pid;
        _ -> timer:sleep(1), waits(Pid, F)
    end.
