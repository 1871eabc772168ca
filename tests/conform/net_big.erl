%% large messages through small buffers, both ways, in raw and with heads
-module(net_big).
-export([main/0]).

main() ->
    [io:format("~p ~p~n", [T, run(T)]) || T <- [raw, 4]].

run(Type) ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}, {packet, Type}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}, {packet, Type}]),
    {ok, S} = gen_tcp:accept(L),
    B = << <<(I band 255)>> || I <- lists:seq(1, 300000)>>,
    Me = self(),
    Pid = spawn_link(fun() -> receive go -> ok end, Me ! {echoed, echo(S, Type, byte_size(B) * 3)} end),
    ok = gen_tcp:controlling_process(S, Pid),
    Pid ! go,
    [ok = gen_tcp:send(C, [binary:part(B, 0, 1000), [binary:part(B, 1000, 100000) | binary:part(B, 101000, 199000)]]) || _ <- [1, 2, 3]],
    Got = case Type of
              4 -> [element(2, gen_tcp:recv(C, 0)) || _ <- [1, 2, 3]];
              raw -> [element(2, gen_tcp:recv(C, 300000)) || _ <- [1, 2, 3]]
          end,
    receive {echoed, E} -> {[X =:= B || X <- Got], E} end.

echo(S, Type, Left) ->
    inet:setopts(S, [{active, true}]),
    loop(S, Type, Left, 0).

loop(_, _, Left, N) when N >= Left -> N;
loop(S, Type, Left, N) ->
    receive {tcp, S, D} -> ok = gen_tcp:send(S, D), loop(S, Type, Left, N + byte_size(D)) end.
