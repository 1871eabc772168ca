%% what is told of sockets
-module(net_info).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [{active, false}]),
    {ok, S} = gen_tcp:accept(L),
    io:format("~p~n", [[{I, case erlang:port_info(C, I) of {_, V} when is_integer(V), I =/= queue_size -> number; {_, V} when I =:= connected; I =:= links -> V =:= self() orelse V =:= [self()]; X -> X end}
                        || I <- [name, id, connected, links, input, output, os_pid, queue_size, monitors, registered_name, memory, locking]]]),
    io:format("~p~n", [[is_port(X) || X <- [L, C, S]]]),
    io:format("~p~n", [lists:all(fun(X) -> lists:member(X, erlang:ports()) end, [L, C, S])]),
    true = register(my_socket, C),
    io:format("~p ~p~n", [whereis(my_socket) =:= C, erlang:port_info(my_socket, registered_name)]),
    io:format("~p~n", [[maps:get(K, inet:info(C), none) || K <- [type, protocol, states]]]),
    io:format("~p~n", [[erlang:port_get_data(C), erlang:port_set_data(C, {some, "term"}), erlang:port_get_data(C)]]),
    erlang:port_set_data(C, inet_tcp),
    io:format("~p~n", [[prim_inet:getstatus(X) || X <- [L, C, S]]]),
    io:format("~p~n", [[prim_inet:gettype(X) || X <- [L, C]]]),
    io:format("~p~n", [inet:sockname(L) =:= {ok, {{127, 0, 0, 1}, P}}]),
    io:format("~p~n", [[inet:peername(L), inet:monitor(C) =/= x]]),
    gen_tcp:close(C),
    receive {'DOWN', _, port, _, Why} -> io:format("~p~n", [Why]) end,
    io:format("~p ~p~n", [erlang:port_info(C), try erlang:port_get_data(C) catch error:E -> E end]),
    io:format("~p~n", [[catch prim_inet:getstatus(C), inet:port(C)]]).
