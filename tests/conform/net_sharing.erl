%% addresses in use: reuseaddr, several sockets at one port, ports that come free, listeners of many
-module(net_sharing).
-export([main/0]).

main() ->
    Lo = {127, 0, 0, 1},
    {ok, L} = gen_tcp:listen(0, [{ip, Lo}]),
    {ok, P} = inet:port(L),
    io:format("~0p~n", [[gen_tcp:listen(P, [{ip, Lo} | O]) || O <- [[], [{reuseaddr, true}]]]]),
    {ok, C} = gen_tcp:connect(Lo, P, [{active, false}]),
    {ok, S} = gen_tcp:accept(L),
    [gen_tcp:close(X) || X <- [S, C, L]],
    {ok, L3} = gen_tcp:listen(0, [{ip, Lo}, {reuseaddr, true}]),
    {ok, P3} = inet:port(L3),
    %% From a port of one's own.
    {ok, C3} = gen_tcp:connect(Lo, P3, [{active, false}, {ip, {127, 0, 0, 3}}, {port, 0}]),
    {ok, S3} = gen_tcp:accept(L3),
    {ok, {From, Port}} = inet:peername(S3),
    io:format("~0p ~0p~n", [From, inet:sockname(C3) =:= {ok, {From, Port}}]),
    io:format("~0p~n", [gen_tcp:connect(Lo, P3, [{ip, {127, 0, 0, 3}}, {port, Port}])]),
    io:format("~0p~n", [gen_tcp:connect(Lo, P3, [{ip, {192, 0, 2, 7}}])]),
    [gen_tcp:close(X) || X <- [S3, C3, L3]],
    {ok, U} = gen_udp:open(0, [{ip, Lo}, {reuseaddr, true}]),
    {ok, PU} = inet:port(U),
    {ok, V} = gen_udp:open(PU, [{ip, Lo}, {reuseaddr, true}]),
    io:format("~0p~n", [[gen_udp:open(PU, [{ip, Lo}]), inet:port(V) =:= {ok, PU}]]),
    [gen_udp:close(X) || X <- [U, V]],
    Ls = [begin {ok, X} = gen_tcp:listen(0, [{ip, Lo}]), X end || _ <- lists:seq(1, 200)],
    io:format("~0p~n", [length(lists:usort([element(2, inet:port(X)) || X <- Ls]))]),
    [gen_tcp:close(X) || X <- Ls],
    %% A name of a port goes with its socket.
    {ok, N} = gen_tcp:listen(0, [{ip, Lo}]),
    register(listener, N),
    io:format("~0p~n", [[inet:port(N) =:= inet:port(whereis(listener)), gen_tcp:close(N), whereis(listener)]]).
