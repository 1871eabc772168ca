%% sockets as the ports that they are: info, messages, commands, names, exits
-module(net_ports).
-export([main/0]).

main() ->
    process_flag(trap_exit, true),
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}]),
    {ok, S} = gen_tcp:accept(L),
    {ok, U} = gen_udp:open(0),
    io:format("~0p~n", [[{K, t(fun() -> hide(erlang:port_info(C, K)) end)} || K <- [name, links, connected, input, output, os_pid, registered_name, monitors, monitored_by, queue_size, parallelism, locking, foo]]]),
    io:format("~0p~n", [[erlang:port_info(X, name) || X <- [L, C, U]]]),
    ok = gen_tcp:send(C, "12345"),
    {ok, _} = gen_tcp:recv(S, 5),
    io:format("~0p~n", [[erlang:port_info(X, K) || X <- [C, S], K <- [input, output]]]),
    %% Data by the port's own ways.
    true = port_command(C, "command"),
    io:format("~0p~n", [receive {inet_reply, C, R} -> R after 1000 -> nothing end]),
    io:format("~0p~n", [gen_tcp:recv(S, 7, 1000)]),
    C ! {self(), {command, "message"}},
    io:format("~0p~n", [receive {inet_reply, C, R1} -> R1 after 1000 -> nothing end]),
    io:format("~0p~n", [gen_tcp:recv(S, 7, 1000)]),
    C ! {self(), {command, [foo]}},
    io:format("~0p~n", [receive X1 -> hide(X1) after 100 -> nothing end]),
    io:format("~0p~n", [[t(fun() -> port_command(C, [foo]) end), t(fun() -> port_control(C, 1, []) end), t(fun() -> erlang:port_call(C, 1, x) end), t(fun() -> port_command(C, "x", [foo]) end)]]),
    register(connection, C),
    io:format("~0p~n", [[whereis(connection) =:= C, erlang:port_info(connection, registered_name)]]),
    connection ! {self(), {command, "by name"}},
    io:format("~0p~n", [[receive {inet_reply, C, R2} -> R2 after 1000 -> nothing end, gen_tcp:recv(S, 7, 1000)]]),
    Me = self(),
    Other = spawn_link(fun() -> receive {take, X} -> X ! {Me, {connect, self()}}, Me ! taken, receive stop -> ok end end end),
    io:format("~0p~n", [[port_connect(C, Other), erlang:port_info(C, connected) =:= {connected, Other}, lists:member(Other, element(2, erlang:port_info(C, links)))]]),
    Other ! stop,
    io:format("~0p~n", [[receive {'EXIT', Other, Why} -> Why after 50 -> nothing end, receive {'EXIT', C, Why2} -> Why2 after 50 -> nothing end]]),
    io:format("~0p~n", [[is_list(erlang:port_info(C)), is_port(whereis(connection)), t(fun() -> port_command(C, "x") end), t(fun() -> port_close(C) end), gen_tcp:send(C, "x")]]),
    io:format("~0p~n", [gen_tcp:recv(S, 0, 1000)]),
    U ! {self(), close},
    io:format("~0p~n", [receive {U, closed} -> closed after 1000 -> nothing end]),
    S ! {self(), {connect, foo}},
    io:format("~0p~n", [receive {'EXIT', S, Why3} -> Why3 after 200 -> nothing end]),
    L ! rubbish,
    L ! {self(), rubbish},
    L ! {Other, close},
    io:format("~0p~n", [[receive {'EXIT', L, Why4} -> Why4 after 100 -> nothing end, receive X5 -> hide(X5) after 20 -> nothing end]]),
    gen_tcp:close(L),
    receive {'EXIT', L, _} -> ok after 20 -> ok end,
    io:format("~0p~n", [[t(fun() -> X6(L) end) || X6 <- [fun erlang:port_info/1, fun inet:port/1, fun inet:sockname/1, fun gen_tcp:accept/1, fun erlang:port_close/1]]]).

hide(T) when is_tuple(T) -> list_to_tuple([hide(X) || X <- tuple_to_list(T)]);
hide(L) when is_list(L) -> [hide(X) || X <- L];
hide(X) when is_pid(X) -> pid;
hide(X) when is_port(X) -> port;
hide(X) -> X.

t(F) -> try F() catch E:R -> {E, R} end.
