%% an active reader that takes its time holds the writer back, and loses nothing
-module(net_slow).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}, {packet, 4}, {recbuf, 8192}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {packet, 4}, {sndbuf, 8192}, {high_watermark, 20000}, {low_watermark, 5000}]),
    {ok, S} = gen_tcp:accept(L),
    Me = self(),
    N = 300,
    spawn_link(fun() -> [ok = gen_tcp:send(C, <<I:32, 0:(8 * 5000)>>) || I <- lists:seq(1, N)], Me ! all_sent, receive stop -> ok end end),
    timer:sleep(50),
    io:format("~p~n", [receive all_sent -> sent after 0 -> held_back end]),
    inet:setopts(S, [{active, once}]),
    io:format("~p~n", [take(S, 0, N)]),
    receive all_sent -> io:format("sent~n") end.

take(_, N, N) -> N;
take(S, I, N) ->
    receive {tcp, S, <<J:32, _/binary>>} -> J = I + 1, inet:setopts(S, [{active, once}]), take(S, J, N) end.
