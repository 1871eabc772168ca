%% module socket: what its counters and its registry tell
-module(sock_counters).
-export([main/0]).

main() ->
    {ok, L} = socket:open(inet, stream, tcp),
    ok = socket:bind(L, #{family => inet, addr => loopback, port => 0}),
    ok = socket:listen(L),
    {ok, A} = socket:sockname(L),
    {ok, C} = socket:open(inet, stream, tcp),
    ok = socket:connect(C, A),
    {ok, S} = socket:accept(L),
    show(new, [L, C, S]),
    [ok = socket:send(C, binary:copy(<<1>>, N)) || N <- [1, 10, 1000]],
    {ok, _} = socket:recv(S, 1011),
    ok = socket:sendmsg(S, #{iov => [<<"ab">>, <<"c">>]}),
    {ok, _} = socket:recvmsg(C, 0, 1000),
    {error, timeout} = socket:recv(C, 0, 0),
    Keys = [read_byte, write_byte, write_pkg, write_pkg_max, acc_success, read_fails, write_fails],
    [io:format("~0p~n", [maps:with(Keys, maps:get(counters, socket:info(X)))]) || X <- [L, C, S]],
    io:format("~0p~n", [[lists:member(X, socket:which_sockets()) || X <- [L, C, S]]]),
    io:format("~0p~n", [[length([X || X <- socket:which_sockets(F), lists:member(X, [L, C, S])]) || F <- [inet, inet6, stream, dgram, tcp, udp, self(), fun(I) -> maps:get(domain, I) =:= inet end]]]),
    N = socket:number_of(),
    ok = socket:close(C),
    io:format("~0p~n", [[N - socket:number_of(), lists:member(C, socket:which_sockets()), socket:use_registry(true)]]),
    {ok, U} = socket:open(inet, dgram, udp, #{use_registry => false}),
    io:format("~0p~n", [lists:member(U, socket:which_sockets())]),
    io:format("~0p~n", [[socket:setopt(U, otp, meta, x), socket:getopt(U, otp, meta)]]),
    io:format("~0p~n", [lists:sort(maps:keys(socket:info(S)))]),
    io:format("~0p~n", [[is_list(socket:supports()), socket:is_supported(sendfile), socket:is_supported(ipv6), socket:is_supported(local), socket:is_supported(options, tcp, nodelay), socket:is_supported(msg_flags, peek)]]),
    [socket:close(X) || X <- [S, L, U]].

show(W, Ss) -> io:format("~0p ~0p~n", [W, [maps:with([domain, type, protocol, rstates, wstates, num_readers, num_writers, num_acceptors], socket:info(S)) || S <- Ss]]).
