%% a socket made of another's descriptor
-module(net_fd).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, {active, false}]),
    {ok, P} = inet:port(L),
    {ok, Fd} = prim_inet:getfd(L),
    {ok, L2} = gen_tcp:listen(0, [{fd, Fd}, {active, false}, binary]),
    io:format("~p~n", [inet:port(L2) =:= {ok, P}]),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, []),
    {ok, S} = gen_tcp:accept(L2),
    gen_tcp:send(C, "by descriptor"),
    io:format("~p~n", [gen_tcp:recv(S, 0)]),
    {ok, U} = gen_udp:open(0, [{ip, {127, 0, 0, 1}}]),
    {ok, FU} = prim_inet:getfd(U),
    {ok, PU} = inet:port(U),
    {ok, U2} = gen_udp:open(0, [{fd, FU}, {active, false}]),
    io:format("~p~n", [inet:port(U2) =:= {ok, PU}]),
    io:format("~p~n", [gen_tcp:listen(0, [{fd, 12345}])]).
