%% a gen_server that owns a listener, acceptors under a supervisor
-module(net_server).
-behaviour(supervisor).
-export([main/0, init/1, start_acceptor/1, acceptor/1]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}, {packet, line}]),
    {ok, P} = inet:port(L),
    {ok, Sup} = supervisor:start_link(?MODULE, L),
    Ask = fun(Line) ->
                  {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}, {packet, line}]),
                  ok = gen_tcp:send(C, [Line, $\n]),
                  R = gen_tcp:recv(C, 0),
                  gen_tcp:close(C),
                  R
          end,
    io:format("~p~n", [[Ask(X) || X <- ["one", "two", "stop", "three", "stop", "four"]]]),
    io:format("~p~n", [proplists:get_value(active, supervisor:count_children(Sup))]).

init(L) ->
    {ok, {#{strategy => one_for_one, intensity => 10, period => 10},
          [#{id => I, start => {?MODULE, start_acceptor, [L]}} || I <- [1, 2]]}}.

start_acceptor(L) -> {ok, proc_lib:spawn_link(?MODULE, acceptor, [L])}.

acceptor(L) ->
    {ok, S} = gen_tcp:accept(L),
    case gen_tcp:recv(S, 0) of
        {ok, <<"stop\n">>} -> ok = gen_tcp:send(S, "bye\n"), gen_tcp:close(S), exit(normal);
        {ok, X} -> ok = gen_tcp:send(S, [string:uppercase(X)]), gen_tcp:close(S), acceptor(L)
    end.
