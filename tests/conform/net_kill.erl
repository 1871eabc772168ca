%% ends while something waits
-module(net_kill).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    Me = self(),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}]),
    {ok, S} = gen_tcp:accept(L),
    waits(spawn(fun() -> Me ! {r, gen_tcp:recv(C, 0)} end), recv0),
    io:format("~p~n", [gen_tcp:recv(C, 0, 10)]),
    gen_tcp:close(C),
    receive {r, R} -> io:format("~p~n", [R]) end,
    io:format("~p~n", [gen_tcp:recv(S, 0)]),
    {Pid, M} = spawn_monitor(fun() -> {ok, D} = gen_tcp:connect({127, 0, 0, 1}, P, [binary]), Me ! {d, D}, exit(oops) end),
    receive {d, D} -> ok end,
    receive {'DOWN', M, process, Pid, Why} -> io:format("~p~n", [Why]) end,
    {ok, S2} = gen_tcp:accept(L),
    io:format("~p ~p~n", [gen_tcp:recv(S2, 0), erlang:port_info(D)]),
    {Q, M2} = spawn_monitor(fun() -> {ok, L2} = gen_tcp:listen(0, []), Me ! {l, inet:port(L2)}, receive stop -> ok end end),
    receive {l, {ok, P2}} -> ok end,
    Q ! stop,
    receive {'DOWN', M2, process, Q, normal} -> ok end,
    io:format("~p~n", [gen_tcp:connect({127, 0, 0, 1}, P2, [])]),
    io:format("~p~n", [gen_tcp:connect({127, 0, 0, 1}, P2, [], 500)]),
    {ok, K} = gen_tcp:connect({127, 0, 0, 1}, P, [{linger, {true, 0}}, {active, false}]),
    {ok, S3} = gen_tcp:accept(L),
    gen_tcp:close(K),
    io:format("~p~n", [gen_tcp:recv(S3, 0)]),
    {ok, K2} = gen_tcp:connect({127, 0, 0, 1}, P, [{linger, {true, 0}}, {active, false}]),
    {ok, S4} = gen_tcp:accept(L),
    inet:setopts(S4, [{show_econnreset, true}]),
    gen_tcp:close(K2),
    io:format("~p~n", [gen_tcp:recv(S4, 0)]),
    {ok, K3} = gen_tcp:connect({127, 0, 0, 1}, P, [{linger, {true, 0}}, {active, false}]),
    {ok, S5} = gen_tcp:accept(L),
    inet:setopts(S5, [{show_econnreset, true}, {active, true}]),
    unlink(S5),
    gen_tcp:close(K3),
    io:format("~p~n", [[receive {T, S5} -> T; {T, S5, X} -> {T, X} end || _ <- [1, 2]]]).

%% Until Pid waits in that function of prim_inet.
waits(Pid, F) ->
    case process_info(Pid, [current_function, status]) of
        [{_, {prim_inet, F, _}}, {_, waiting}] -> Pid;
        _ -> timer:sleep(1), waits(Pid, F)
    end.
