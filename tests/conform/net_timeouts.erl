%% limits of connect, accept and recv
-module(net_timeouts).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, {active, false}]),
    {ok, P} = inet:port(L),
    io:format("~p ~p~n", [gen_tcp:accept(L, 0), gen_tcp:accept(L, 20)]),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [{active, false}], 1000),
    {ok, S} = gen_tcp:accept(L, 1000),
    io:format("~p ~p~n", [gen_tcp:recv(C, 0, 0), gen_tcp:recv(C, 3, 20)]),
    ok = gen_tcp:send(S, "ab"),
    io:format("~p~n", [gen_tcp:recv(C, 3, 50)]),
    ok = gen_tcp:send(S, "c"),
    io:format("~p~n", [gen_tcp:recv(C, 3, 5000)]),
    Me = self(),
    spawn_link(fun() -> Me ! {got, gen_tcp:recv(C, 0, 5000)} end),
    timer:sleep(20),
    ok = gen_tcp:send(S, "x"),
    receive {got, R} -> io:format("~p~n", [R]) end,
    T = erlang:monotonic_time(millisecond),
    {error, timeout} = gen_tcp:accept(L, 100),
    D = erlang:monotonic_time(millisecond) - T,
    io:format("~p~n", [D >= 100]),
    {ok, C2} = gen_tcp:connect({127, 0, 0, 1}, P, [{active, false}], infinity),
    gen_tcp:close(C2),
    io:format("~p~n", [gen_tcp:connect({127, 0, 0, 1}, 0, [], 100)]).
