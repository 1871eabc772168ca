%% what was sent before the owner ended arrives
-module(net_owner_flush).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}, {recbuf, 4096}]),
    {ok, P} = inet:port(L),
    Me = self(),
    {Pid, R} = spawn_monitor(fun() ->
                                     {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {sndbuf, 4096}]),
                                     ok = gen_tcp:send(C, binary:copy(<<"abcd">>, 200000)),
                                     Me ! sent
                             end),
    {ok, S} = gen_tcp:accept(L),
    receive sent -> ok end,
    receive {'DOWN', R, process, Pid, Why} -> io:format("~p~n", [Why]) end,
    io:format("~p~n", [count(S, 0)]).

count(S, N) ->
    case gen_tcp:recv(S, 0) of
        {ok, B} -> count(S, N + byte_size(B));
        {error, E} -> {N, E}
    end.
