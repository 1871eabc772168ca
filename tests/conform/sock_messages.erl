%% module socket: sendmsg and recvmsg, with control messages, of each family
-module(sock_messages).
-export([main/0]).

main() ->
    [io:format("~0p: ~0p~n", [F, udp(F)]) || F <- [inet, inet6]],
    many(),
    truncated(),
    rights(),
    wrong().

addr(inet) -> #{family => inet, addr => loopback, port => 0};
addr(inet6) -> #{family => inet6, addr => loopback, port => 0}.

open(F) ->
    {ok, S} = socket:open(F, dgram, udp),
    ok = socket:bind(S, addr(F)),
    {ok, A} = socket:sockname(S),
    {S, A}.

udp(inet) ->
    {S, A} = open(inet),
    {U, B} = open(inet),
    R0 = [socket:setopt(S, ip, O, true) || O <- [recvtos, recvttl, pktinfo]],
    ok = socket:sendmsg(U, #{addr => A, iov => [<<"one ">>, <<"two">>], ctrl => [#{level => ip, type => tos, data => <<16:32/native>>}, #{level => ip, type => ttl, data => <<9:32/native>>}]}),
    {ok, #{ctrl := C} = M} = socket:recvmsg(S, 0, 1000),
    ok = socket:sendmsg(U, #{addr => A, iov => [<<"mincost">>], ctrl => [#{level => ip, type => tos, value => mincost}]}),
    {ok, #{ctrl := C2}} = socket:recvmsg(S, 0, 1000),
    R = {R0, maps:get(addr, M) =:= B, maps:get(iov, M), maps:get(flags, M), lists:sort([maps:remove(data, plain(X)) || X <- C]), [X || #{type := tos} = X <- C2]},
    [socket:close(X) || X <- [S, U]],
    R;
udp(inet6) ->
    {S, A} = open(inet6),
    {U, _} = open(inet6),
    R0 = [socket:setopt(S, ipv6, O, true) || O <- [recvtclass, recvpktinfo]],
    ok = socket:sendmsg(U, #{addr => A, iov => [<<"six">>], ctrl => [#{level => ipv6, type => tclass, data => <<16:32/native>>}]}),
    {ok, #{ctrl := C} = M} = socket:recvmsg(S, 0, 1000),
    R = {R0, maps:get(iov, M), lists:sort([maps:remove(data, plain(X)) || X <- C])},
    [socket:close(X) || X <- [S, U]],
    R.

plain(#{value := #{ifindex := _} = V} = M) -> M#{value := V#{ifindex := index}};
plain(M) -> M.

many() ->
    {S, A} = open(inet),
    {U, _} = open(inet),
    ok = socket:connect(U, A),
    Iov = [<<I>> || I <- lists:seq(0, 255)],
    io:format("~0p~n", [socket:sendmsg(U, #{iov => Iov})]),
    {ok, #{iov := [B]}} = socket:recvmsg(S, 0, 1000),
    io:format("~0p~n", [B =:= iolist_to_binary(Iov)]),
    io:format("~0p~n", [[socket:send(U, <<"to">>), element(2, element(2, socket:recvfrom(S, 0, 1000))), socket:sendto(S, <<"back">>, element(2, socket:sockname(U))), socket:recv(U, 0, 1000)]]),
    [socket:close(X) || X <- [S, U]].

truncated() ->
    {S, A} = open(inet),
    {U, _} = open(inet),
    ok = socket:sendto(U, <<"0123456789">>, A),
    {ok, M} = socket:recvmsg(S, 4, 0, [], 1000),
    io:format("~0p~n", [maps:with([iov, flags], M)]),
    ok = socket:sendto(U, <<"0123456789">>, A),
    {ok, {_, D}} = socket:recvfrom(S, 4, [], 1000),
    io:format("~0p~n", [D]),
    ok = socket:sendto(U, <<"peeked">>, A),
    {ok, {_, D1}} = socket:recvfrom(S, 0, [peek], 1000),
    {ok, {_, D2}} = socket:recvfrom(S, 0, [], 1000),
    io:format("~0p~n", [{D1, D2}]),
    io:format("~0p~n", [socket:recvmsg(S, [dontwait], 0)]),
    [socket:close(X) || X <- [S, U]].

%% A descriptor goes over a local socket.
rights() ->
    Path = "/tmp/sock_messages_" ++ os:getpid(),
    {ok, L} = socket:open(local, stream),
    ok = socket:bind(L, #{family => local, path => Path}),
    ok = socket:listen(L),
    {ok, C} = socket:open(local, stream),
    ok = socket:connect(C, #{family => local, path => Path}),
    {ok, S} = socket:accept(L),
    ok = file:delete(Path),
    {ok, Fd} = socket:getopt(L, otp, fd),
    ok = socket:sendmsg(C, #{iov => [<<"x">>], ctrl => [#{level => socket, type => rights, data => <<Fd:32/native>>}]}),
    {ok, #{iov := Iov, ctrl := [#{level := socket, type := rights, data := <<New:32/native>>}]}} = socket:recvmsg(S, 0, 1000),
    {ok, Copy} = socket:open(New),
    io:format("~0p~n", [[Iov, New =/= Fd, socket:sockname(Copy) =:= socket:sockname(L)]]),
    ok = socket:setopt(S, socket, passcred, true),
    ok = socket:send(C, "y"),
    {ok, #{ctrl := Ctrl}} = socket:recvmsg(S, 0, 1000),
    io:format("~0p~n", [[maps:remove(data, maps:remove(value, X)) || X <- Ctrl]]),
    [socket:close(X) || X <- [Copy, L, C, S]].

wrong() ->
    {S, A} = open(inet),
    [io:format("~0p: ~0p~n", [maps:remove(addr, M), t(fun() -> socket:sendmsg(S, M) end)])
     || M <- [#{}, #{iov => []}, #{iov => foo}, #{iov => [foo]}, #{addr => A, iov => [<<"x">>], ctrl => foo}, #{addr => A, iov => [<<"x">>], ctrl => [#{}]}, #{addr => A, iov => [<<"x">>], ctrl => [#{level => ip, type => foo, data => <<>>}]},
              #{addr => A, iov => [<<"x">>], ctrl => [#{level => ip, type => tos, value => foo}]}, #{iov => [<<"nowhere">>]}]] ,
    socket:close(S).

t(F) ->
    try F() of
        {error, {invalid, T}} -> {error, {invalid, element(1, T)}};
        R -> R
    catch E:R -> {E, case R of {invalid, T} when is_tuple(T) -> {invalid, element(1, T)}; _ -> R end}
    end.
