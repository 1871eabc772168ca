%% two thousand connections at the same time, each with a process at either end
-module(net_2000).
-export([main/0]).
%% conform: no-stress

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}, {packet, 2}, {backlog, 2048}]),
    {ok, P} = inet:port(L),
    Me = self(),
    [spawn_link(fun() -> accept(L, Me) end) || _ <- [1, 2]],
    N = 2000,
    Pids = [spawn_link(fun() -> client(Me, P, I) end) || I <- lists:seq(1, N)],
    [receive {ready, Pid} -> ok end || Pid <- Pids],
    [receive accepted -> ok end || _ <- Pids],
    io:format("~p~n", [length(erlang:ports()) > 2 * N]),
    [Pid ! go || Pid <- Pids],
    Rs = [receive {done, Pid, R} -> R end || Pid <- Pids],
    io:format("~p ~p~n", [length(Rs), lists:usort(Rs)]).

accept(L, Me) ->
    {ok, S} = gen_tcp:accept(L),
    Pid = spawn(fun() -> receive go -> echo(S) end end),
    ok = gen_tcp:controlling_process(S, Pid),
    Pid ! go,
    Me ! accepted,
    accept(L, Me).

echo(S) ->
    case gen_tcp:recv(S, 0) of
        {ok, D} -> ok = gen_tcp:send(S, D), echo(S);
        {error, closed} -> gen_tcp:close(S)
    end.

client(Me, P, I) ->
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}, {packet, 2}]),
    Me ! {ready, self()},
    receive go -> ok end,
    ok = gen_tcp:send(C, <<I:32>>),
    R = gen_tcp:recv(C, 0) =:= {ok, <<I:32>>},
    ok = gen_tcp:close(C),
    Me ! {done, self(), R}.
