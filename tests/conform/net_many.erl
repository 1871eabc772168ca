%% a thousand connections at the same time
-module(net_many).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}, {packet, 2}, {backlog, 1024}]),
    {ok, P} = inet:port(L),
    Me = self(),
    spawn_link(fun() -> accept(L) end),
    N = 400,
    [spawn_link(fun() -> Me ! {I, client(P, I)} end) || I <- lists:seq(1, N)],
    Rs = [receive {I, R} -> R end || I <- lists:seq(1, N)],
    io:format("~p~n", [lists:usort(Rs)]).

accept(L) ->
    {ok, S} = gen_tcp:accept(L),
    Pid = spawn(fun() -> receive go -> inet:setopts(S, [{active, once}]), echo(S) end end),
    ok = gen_tcp:controlling_process(S, Pid),
    Pid ! go,
    accept(L).

echo(S) ->
    receive
        {tcp, S, D} -> ok = gen_tcp:send(S, D), inet:setopts(S, [{active, once}]), echo(S);
        {tcp_closed, S} -> ok
    end.

client(P, I) ->
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}, {packet, 2}]),
    R = [begin
             B = binary:copy(<<I:16>>, K * 50),
             ok = gen_tcp:send(C, B),
             {ok, B} = gen_tcp:recv(C, 0),
             ok
         end || K <- lists:seq(1, 10)],
    ok = gen_tcp:close(C),
    lists:usort(R).
