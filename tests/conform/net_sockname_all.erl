%% addresses of sockets in all forms: any, loopback, maps of module socket, names that sockets are bound by
-module(net_sockname_all).
-export([main/0]).

main() ->
    [begin
         R = gen_tcp:listen(0, O),
         io:format("~0p: ~0p~n", [O, case R of {ok, L} -> {ok, {A, P}} = inet:sockname(L), gen_tcp:close(L), {A, P > 0}; _ -> R end])
     end || O <- [[], [inet], [inet6], [{ip, any}], [{ip, loopback}], [inet6, {ip, loopback}], [{ip, {127, 1, 2, 3}}], [{ifaddr, {127, 0, 0, 1}}], [{ifaddr, #{family => inet, addr => loopback, port => 0}}], [{ifaddr, #{family => inet6, addr => loopback, port => 0}}],
                  [{ip, {0, 0, 0, 0, 0, 0, 0, 1}}], [{ip, {192, 0, 2, 1}}], [{port, 0}]]],
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}]),
    {ok, P} = inet:port(L),
    [begin
         R = gen_tcp:connect(H, P, O),
         io:format("~0p ~0p: ~0p~n", [H, O, case R of {ok, C} -> {ok, {A, P}} = inet:peername(C), gen_tcp:close(C), A; _ -> R end])
     end || {H, O} <- [{"localhost", []}, {localhost, []}, {"127.0.0.1", []}, {{127, 0, 0, 1}, []}, {loopback, []}, {{127, 0, 0, 1}, [inet]}]],
    R = gen_tcp:connect(#{family => inet, addr => {127, 0, 0, 1}, port => P}, []),
    io:format("~0p~n", [element(1, R)]),
    io:format("~0p~n", [[inet:sockname(L) =:= {ok, {{127, 0, 0, 1}, P}}, inet:peername(L), inet:socknames(L) =:= {ok, [{{127, 0, 0, 1}, P}]}]]),
    gen_tcp:close(L).
