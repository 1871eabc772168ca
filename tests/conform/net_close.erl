%% what each end sees of the other's end
-module(net_close).
-export([main/0]).

pair(Opts) ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false} | Opts]),
    {ok, S} = gen_tcp:accept(L),
    gen_tcp:close(L),
    {C, S}.

main() ->
    {C1, S1} = pair([]),
    ok = gen_tcp:send(S1, "rest"),
    ok = gen_tcp:close(S1),
    io:format("~p~n", [[gen_tcp:recv(C1, 0), gen_tcp:recv(C1, 0), gen_tcp:recv(C1, 0)]]),
    io:format("~p~n", [[gen_tcp:send(C1, "a"), gen_tcp:send(C1, "a")]]),
    io:format("~p~n", [[inet:peername(C1), inet:sockname(C1), inet:port(C1)]]),
    inet:setopts(C1, [{active, once}]),
    receive M1 -> io:format("~p~n", [element(1, M1)]) end,
    io:format("~p~n", [erlang:port_info(C1)]),
    io:format("~p~n", [[gen_tcp:send(C1, "a"), gen_tcp:recv(C1, 0), inet:setopts(C1, [{active, once}])]]),
    {C2, S2} = pair([]),
    ok = gen_tcp:shutdown(S2, write),
    io:format("~p~n", [gen_tcp:send(S2, "no")]),
    {C3, S3} = pair([{exit_on_close, false}]),
    ok = gen_tcp:shutdown(S3, write),
    io:format("~p~n", [[gen_tcp:recv(C3, 0), gen_tcp:recv(C3, 0)]]),
    io:format("~p~n", [gen_tcp:send(C3, "after")]),
    io:format("~p~n", [gen_tcp:recv(S3, 5)]),
    gen_tcp:close(C3),
    io:format("~p~n", [gen_tcp:recv(S3, 0)]),
    {C4, S4} = pair([{active, true}, {exit_on_close, false}]),
    ok = gen_tcp:shutdown(S4, write),
    receive {tcp_closed, C4} -> ok end,
    io:format("~p~n", [gen_tcp:send(C4, "still")]),
    io:format("~p~n", [gen_tcp:recv(S4, 5)]),
    gen_tcp:close(C4),
    {C5, S5} = pair([]),
    io:format("~p~n", [gen_tcp:shutdown(C5, read_write)]),
    io:format("~p~n", [gen_tcp:recv(S5, 0)]),
    gen_tcp:close(C5),
    io:format("~p~n", [gen_tcp:shutdown(C5, read_write)]),
    io:format("~p~n", [[gen_tcp:close(C5), gen_tcp:close(C2)]]),
    io:format("~p~n", [[gen_tcp:send(C2, "a"), gen_tcp:recv(C2, 0), inet:getopts(C2, [active])]]).
