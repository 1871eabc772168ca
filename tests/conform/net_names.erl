%% names of hosts, services and interfaces
-module(net_names).
-export([main/0]).
-include_lib("kernel/include/inet.hrl").

main() ->
    io:format("~p~n", [inet:getaddr("localhost", inet)]),
    io:format("~p~n", [inet:getaddr(localhost, inet)]),
    io:format("~p~n", [inet:getaddrs("127.0.0.1", inet)]),
    io:format("~p~n", [inet:getaddr({1, 2, 3, 4}, inet)]),
    io:format("~p~n", [inet:getaddr("::1", inet6)]),
    {ok, H} = inet:gethostbyname("localhost"),
    io:format("~p ~p ~p~n", [H#hostent.h_name, H#hostent.h_addrtype, H#hostent.h_length]),
    io:format("~p~n", [inet:getaddr("no such host.", inet)]),
    {ok, Name} = inet:gethostname(),
    io:format("~p~n", [is_list(Name)]),
    io:format("~p~n", [[inet:getservbyname(S, P) || {S, P} <- [{http, tcp}, {https, tcp}, {ftp, tcp}, {domain, udp}, {nosuch, tcp}, {http, sctp}]]]),
    {ok, Ifs} = inet:getifaddrs(),
    {"lo", Lo} = lists:keyfind("lo", 1, Ifs),
    io:format("~p~n", [Lo]),
    io:format("~p~n", [inet:ifget("lo", [addr, netmask, mtu, flags, hwaddr])]),
    io:format("~p~n", [inet:ifget("nosuch", [addr])]),
    {ok, L} = gen_tcp:listen(0, [{ip, loopback}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect("localhost", P, []),
    {ok, C2} = gen_tcp:connect(localhost, P, [{ip, {127, 0, 0, 1}}, {port, 0}]),
    io:format("~p ~p~n", [is_port(C), is_port(C2)]),
    io:format("~p~n", [inet:parse_address("1.2.3.4")]),
    io:format("~p~n", [inet:ntoa({0, 0, 0, 0, 0, 0, 0, 1})]),
    io:format("~p~n", [inet_db:res_option(lookup)]).
