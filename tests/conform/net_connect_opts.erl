%% options of connect and listen that are not valid, or name addresses
-module(net_connect_opts).
-export([main/0]).

try_it(F) -> try F() of {ok, S} -> gen_tcp:close(S), ok; X -> X catch C:E -> {C, E} end.

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, {backlog, 100}]),
    {ok, P} = inet:port(L),
    Lo = {127, 0, 0, 1},
    [io:format("~p: ~p~n", [O, try_it(fun() -> gen_tcp:connect(Lo, P, O, 1000) end)])
     || O <- [[{ip, Lo}], [{ifaddr, Lo}], [{port, 0}], [inet], [{ip, {1, 2, 3, 4}}], [foo], [{packet, 3}],
              [{active, maybe_}], [binary, list], [{mode, binary}], [{buffer, 10}, {recbuf, 1000}], [{sndbuf, -1}],
              [{header, 4}], [{tos, 8}, {priority, 2}], [{nodelay, yes}], [{reuseaddr, true}, {keepalive, true}],
              [{linger, {true, 1}}], [{fd, -1}], [{send_timeout, -1}], [{show_econnreset, true}]]],
    [io:format("~p: ~p~n", [O, try_it(fun() -> gen_tcp:listen(0, O) end)])
     || O <- [[{ip, Lo}], [{ip, "127.0.0.1"}], [{ip, {1, 2, 3, 4}}], [{backlog, 5}], [{backlog, foo}], [foo], [{packet, 3}],
              [inet6, {ip, Lo}], [{ip, any}], [{ip, loopback}]]],
    io:format("~p~n", [try_it(fun() -> gen_tcp:connect(Lo, P, [{inet_backend, inet}]) end)]).
