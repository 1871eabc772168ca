%% connections that end before anybody accepts them, with and without data; listeners that go first
-module(net_backlog_closes).
-export([main/0]).

main() -> [backend(B) || B <- [inet, socket]].

backend(B) ->
    O = [{inet_backend, B}, binary, {active, false}, {ip, {127, 0, 0, 1}}],
    {ok, L} = gen_tcp:listen(0, O),
    {ok, P} = inet:port(L),
    {ok, C1} = gen_tcp:connect({127, 0, 0, 1}, P, O),
    ok = gen_tcp:send(C1, "from the grave"),
    ok = gen_tcp:close(C1),
    {ok, C2} = gen_tcp:connect({127, 0, 0, 1}, P, O),
    ok = gen_tcp:shutdown(C2, write),
    {ok, C3} = gen_tcp:connect({127, 0, 0, 1}, P, O),
    {ok, C4} = gen_tcp:connect({127, 0, 0, 1}, P, O),
    ok = gen_tcp:close(C4),
    {ok, S1} = gen_tcp:accept(L, 1000),
    io:format("~p: ~p~n", [B, [gen_tcp:recv(S1, 14), gen_tcp:recv(S1, 0), gen_tcp:recv(S1, 0)]]),
    {ok, S2} = gen_tcp:accept(L, 1000),
    io:format("~p~n", [[gen_tcp:recv(S2, 0), gen_tcp:recv(C2, 0, 10)]]),
    {ok, S3} = gen_tcp:accept(L, 1000),
    {ok, S4} = gen_tcp:accept(L, 1000),
    ok = inet:setopts(S4, [{active, once}]),
    io:format("~p~n", [receive {tcp_closed, S4} -> closed after 1000 -> nothing end]),
    io:format("~p~n", [gen_tcp:accept(L, 0)]),
    io:format("~p~n", [gen_tcp:accept(L, 10)]),
    {ok, C5} = gen_tcp:connect({127, 0, 0, 1}, P, O),
    ok = gen_tcp:close(L),
    %% Who was in the backlog is reset.
    io:format("~p~n", [gen_tcp:recv(C5, 0, 1000)]),
    io:format("~p~n", [gen_tcp:connect({127, 0, 0, 1}, P, O)]),
    io:format("~p~n", [gen_tcp:accept(L)]),
    io:format("~p~n", [[gen_tcp:send(S3, "x"), gen_tcp:recv(C3, 0, 1000)]]),
    [gen_tcp:close(X) || X <- [S1, S2, C2, S3, C3, S4, C5]].
