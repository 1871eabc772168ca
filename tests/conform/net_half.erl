%% a line protocol in both directions with half closes; the end while output waits
-module(net_half).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}, {packet, line}, {exit_on_close, false}]),
    {ok, P} = inet:port(L),
    Me = self(),
    spawn_link(fun() ->
                       {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}, {packet, line}]),
                       [ok = gen_tcp:send(C, [integer_to_list(I), "\n"]) || I <- lists:seq(1, 1000)],
                       ok = gen_tcp:shutdown(C, write),
                       Me ! {sum, sum(C, 0)}
               end),
    {ok, S} = gen_tcp:accept(L),
    All = lines(S),
    io:format("~p~n", [length(All)]),
    [ok = gen_tcp:send(S, X) || X <- All],
    ok = gen_tcp:shutdown(S, write),
    receive {sum, N} -> io:format("~p~n", [N]) end,
    io:format("~p~n", [gen_tcp:recv(S, 0)]),
    gen_tcp:close(S).

lines(S) -> case gen_tcp:recv(S, 0) of {ok, X} -> [X | lines(S)]; {error, closed} -> [] end.
sum(C, N) -> case gen_tcp:recv(C, 0) of {ok, X} -> sum(C, N + binary_to_integer(binary:part(X, 0, byte_size(X) - 1))); {error, closed} -> N end.
