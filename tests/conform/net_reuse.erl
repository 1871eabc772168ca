%% a port taken, given back, taken again; two listeners
-module(net_reuse).
-export([main/0]).

main() ->
    Lo = {127, 0, 0, 1},
    {ok, L} = gen_tcp:listen(0, [{ip, Lo}, {reuseaddr, true}]),
    {ok, P} = inet:port(L),
    io:format("~p~n", [gen_tcp:listen(P, [{ip, Lo}])]),
    io:format("~p~n", [gen_tcp:listen(P, [{ip, Lo}, {reuseaddr, true}])]),
    {ok, C} = gen_tcp:connect(Lo, P, []),
    {ok, S} = gen_tcp:accept(L),
    gen_tcp:close(S), gen_tcp:close(L),
    receive {tcp_closed, C} -> ok end,
    {ok, L2} = gen_tcp:listen(P, [{ip, Lo}, {reuseaddr, true}]),
    io:format("~p~n", [inet:port(L2) =:= {ok, P}]),
    {ok, C2} = gen_tcp:connect(Lo, P, [{port, 0}, {ip, Lo}]),
    {ok, _} = gen_tcp:accept(L2),
    {ok, PC} = inet:port(C2),
    io:format("~p~n", [gen_tcp:connect(Lo, P, [{port, PC}, {ip, Lo}])]),
    {ok, U} = gen_udp:open(0, [{ip, Lo}]),
    {ok, PU} = inet:port(U),
    io:format("~p~n", [gen_udp:open(PU, [{ip, Lo}])]),
    gen_udp:close(U),
    {ok, U2} = gen_udp:open(PU, [{ip, Lo}]),
    io:format("~p~n", [inet:port(U2) =:= {ok, PU}]).
