%% each function of gen_tcp, gen_udp and inet on sockets that are closed, listen, are new or none
-module(net_closed_all).
-export([main/0]).

main() ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}]),
    {ok, S} = gen_tcp:accept(L),
    ok = gen_tcp:close(C),
    {ok, U} = gen_udp:open(0, [{active, false}]),
    {ok, V} = gen_udp:open(0, []),
    ok = gen_udp:close(V),
    {error, closed} = gen_tcp:recv(S, 0),
    Fs = [{accept, fun(X) -> gen_tcp:accept(X, 0) end}, {recv, fun(X) -> gen_tcp:recv(X, 0, 0) end}, {recv5, fun(X) -> gen_tcp:recv(X, 5, 0) end}, {send, fun(X) -> gen_tcp:send(X, "x") end},
          {shutdown, fun(X) -> gen_tcp:shutdown(X, write) end}, {unrecv, fun(X) -> gen_tcp:unrecv(X, "x") end}, {tcp_owner, fun(X) -> gen_tcp:controlling_process(X, self()) end},
          {urecv, fun(X) -> gen_udp:recv(X, 0, 0) end}, {usend, fun(X) -> gen_udp:send(X, {127, 0, 0, 1}, 9, "x") end}, {udp_owner, fun(X) -> gen_udp:controlling_process(X, self()) end},
          {peername, fun inet:peername/1}, {sockname, fun(X) -> element(1, inet:sockname(X)) end}, {port, fun(X) -> element(1, inet:port(X)) end}, {getopts, fun(X) -> inet:getopts(X, [active, mode]) end},
          {setopts, fun(X) -> inet:setopts(X, [{mode, list}]) end}, {getstat, fun(X) -> inet:getstat(X, [recv_cnt]) end}, {getfd, fun(X) -> element(1, inet:getfd(X)) end}, {socknames, fun(X) -> element(1, inet:socknames(X)) end},
          {peernames, fun inet:peernames/1}, {status, fun prim_inet:getstatus/1}, {type, fun prim_inet:gettype/1}, {index, fun prim_inet:getindex/1}, {listen, fun(X) -> prim_inet:listen(X, 5) end}, {info, fun(X) -> is_map(inet:info(X)) end},
          {subscribe, fun(X) -> prim_inet:subscribe(X, [subs_empty_out_q]) end}, {ifget, fun(X) -> element(1, prim_inet:ifget(X, "lo", [flags])) end}],
    [io:format("~0p: ~0p~n", [N, [{W, t(fun() -> F(X) end)} || {W, X} <- [{listens, L}, {closed, C}, {over, S}, {udp, U}, {closed_udp, V}, {none, foo}]]]) || {N, F} <- Fs].

t(F) -> try F() catch E:R -> {E, R} end.
