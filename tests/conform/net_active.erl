%% active modes: once, N, true, back to passive
-module(net_active).
-export([main/0]).

pair() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}, {packet, 1}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}, {packet, 1}]),
    {ok, S} = gen_tcp:accept(L),
    gen_tcp:close(L),
    {C, S}.

take(0) -> [];
take(N) -> receive {tcp, _, D} -> [D | take(N - 1)]; {T, _} -> [T | take(N - 1)] after 5000 -> [none] end.

none() -> receive X -> X after 30 -> nothing end.

main() ->
    {C, S} = pair(),
    [gen_tcp:send(S, <<N>>) || N <- lists:seq(1, 20)],
    inet:setopts(C, [{active, once}]),
    io:format("~p ~p ~p~n", [take(1), none(), inet:getopts(C, [active])]),
    inet:setopts(C, [{active, 3}]),
    io:format("~p ~p ~p~n", [take(4), none(), inet:getopts(C, [active])]),
    inet:setopts(C, [{active, 100}]),
    io:format("~p ~p~n", [take(16), inet:getopts(C, [active])]),
    inet:setopts(C, [{active, -50}]),
    io:format("~p~n", [inet:getopts(C, [active])]),
    io:format("~p~n", [inet:setopts(C, [{active, 32767}])]),
    io:format("~p~n", [inet:getopts(C, [active])]),
    inet:setopts(C, [{active, -100}]),
    io:format("~p ~p~n", [take(1), inet:getopts(C, [active])]),
    io:format("~p~n", [gen_tcp:recv(C, 0, 10)]),
    inet:setopts(C, [{active, true}]),
    io:format("~p~n", [gen_tcp:recv(C, 0, 10)]),
    gen_tcp:send(S, "x"),
    io:format("~p~n", [take(1)]),
    inet:setopts(C, [{active, false}]),
    gen_tcp:send(S, "y"),
    io:format("~p ~p~n", [none(), gen_tcp:recv(C, 0)]),
    inet:setopts(C, [{active, 2}]),
    inet:setopts(C, [{active, false}]),
    io:format("~p~n", [inet:getopts(C, [active])]),
    inet:setopts(C, [{active, 0}]),
    io:format("~p ~p~n", [take(1), inet:getopts(C, [active])]),
    inet:setopts(C, [{active, 5}]),
    gen_tcp:close(S),
    io:format("~p ~p~n", [take(1), none()]).
