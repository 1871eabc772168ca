%% exit_on_close: what is left of a socket whose peer has closed, in each mode
-module(net_exit_on_close).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    [io:format("~0p ~0p ~0p: ~0p~n", [X, A, How, one(L, P, X, A, How)]) || X <- [true, false], A <- [false, once, true, 5], How <- [close, shutdown, data_close]].

one(L, P, X, A, How) ->
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}]),
    {ok, S} = gen_tcp:accept(L),
    ok = inet:setopts(S, [{exit_on_close, X}, {packet, 1}]),
    How =:= data_close andalso (ok = gen_tcp:send(C, <<1, "d">>)),
    case How of
        shutdown -> ok = gen_tcp:shutdown(C, write);
        _ -> ok = gen_tcp:close(C)
    end,
    A =:= false orelse (ok = inet:setopts(S, [{active, A}])),
    R = [case A of
             false -> gen_tcp:recv(S, 0, 1000);
             _ -> receive {tcp, S, D} -> A =:= once andalso inet:setopts(S, [{active, once}]), D; {tcp_closed, S} -> closed after 30 -> nothing end
         end || _ <- [1, 2, 3]],
    R2 = [inet:getopts(S, [active]), element(1, inet:peername(S)), element(1, inet:sockname(S)), erlang:port_info(S, name), prim_inet:getstatus(S)],
    R3 = case How of shutdown -> [gen_tcp:send(S, "back"), gen_tcp:recv(C, 5, 50), gen_tcp:shutdown(S, write), gen_tcp:recv(C, 0, 50)]; _ -> [] end,
    R4 = [gen_tcp:recv(S, 0, 0), inet:setopts(S, [{active, once}]), receive {tcp_closed, S} -> closed after 20 -> nothing end],
    gen_tcp:close(S),
    gen_tcp:close(C),
    {R, R2, R3, R4}.
