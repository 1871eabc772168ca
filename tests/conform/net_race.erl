%% many writers to one socket, one reader
-module(net_race).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, true}, {packet, 4}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {packet, 4}]),
    {ok, S} = gen_tcp:accept(L),
    N = 20, K = 100,
    [spawn_link(fun() -> [ok = gen_tcp:send(C, <<I:16, J:16, 0:(8 * J)>>) || J <- lists:seq(1, K)] end) || I <- lists:seq(1, N)],
    All = [receive {tcp, S, <<I:16, J:16, Z/binary>>} -> J = byte_size(Z), {I, J} end || _ <- lists:seq(1, N * K)],
    io:format("~p~n", [[[J || {X, J} <- All, X =:= I] =:= lists:seq(1, K) || I <- lists:seq(1, N)]]).
