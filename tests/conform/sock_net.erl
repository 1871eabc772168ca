%% module net: names and addresses of this machine
-module(sock_net).
-export([main/0]).

main() ->
    {ok, Host} = net:gethostname(),
    {ok, Same} = inet:gethostname(),
    io:format("~p~n", [Host =:= Same]),
    io:format("~p~n", [net:getaddrinfo("127.0.0.1", "http")]),
    io:format("~p~n", [net:getaddrinfo("127.0.0.1", "80")]),
    {ok, Local} = net:getaddrinfo("localhost"),
    io:format("~p~n", [[A || #{family := inet} = A <- Local]]),
    io:format("~p~n", [net:getaddrinfo("127.0.0.1", "no-such-service")]),
    [io:format("~p~n", [net:getnameinfo(A, F)])
     || A <- [#{family => inet, addr => loopback, port => 80}, #{family => inet, addr => {127, 0, 0, 1}, port => 1}],
        F <- [[numerichost], [numerichost, numericserv]]],
    io:format("~p~n", [net:getnameinfo(#{family => inet, addr => {127, 0, 0, 1}, port => 80})]),
    io:format("~p~n", [net:getaddrinfo("no-such-host.invalid")]),
    io:format("~p~n", [net:getnameinfo(#{family => inet, addr => {127, 0, 0, 99}, port => 1}, [namereqd])]),
    {ok, All} = net:getifaddrs(default),
    io:format("~p~n", [[I || #{name := "lo", addr := #{family := inet}} = I <- All]]).
