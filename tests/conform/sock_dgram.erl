%% module socket: datagrams, ancillary data, local sockets, descriptors
-module(sock_dgram).
-export([main/0]).

main() ->
    {U, A} = udp(),
    {V, B} = udp(),
    show(to, [socket:sendto(U, "abc", B), from(socket:recvfrom(V), A)]),
    show(empty, [socket:sendto(U, <<>>, B), socket:recv(V)]),
    show(cut, [socket:sendto(U, "longer", B), socket:recv(V, 3), socket:recv(V, 0, 20)]),
    show(truncated, [socket:sendmsg(U, #{addr => B, iov => [<<"longer">>]}), message(socket:recvmsg(V, 2, 0, [], 1000))]),
    show(set, [socket:setopt(V, O, true) || O <- [{ip, recvtos}, {ip, recvttl}, {ip, pktinfo}, {socket, timestamp}]]),
    show(sent, [socket:sendmsg(U, #{addr => B, iov => [<<"ab">>, <<"cd">>], ctrl => [#{level => ip, type => tos, value => reliability}]})]),
    show(control, [message(socket:recvmsg(V))]),
    show(connected, [socket:connect(U, B), socket:send(U, "plain"), socket:recv(V), socket:peername(U) =:= {ok, B}]),
    show(nowait, [element(1, socket:recvfrom(V, 0, nowait)), element(1, socket:recvmsg(V, nowait))]),
    show(invalid, [socket:sendto(U, "x", #{family => inet, port => 1, addr => {1, 2, 3}}),
                   socket:sendmsg(U, #{iov => [<<"a">>], ctrl => [#{level => ip, type => nothing, data => <<>>}]})]),
    show(large, [socket:sendto(U, binary:copy(<<0>>, 70000), B)]),
    [socket:close(S) || S <- [U, V]],
    local(), six(), fds().

show(What, Results) -> io:format("~p: ~p~n", [What, Results]).

udp() ->
    {ok, S} = socket:open(inet, dgram, udp),
    ok = socket:bind(S, loopback),
    {ok, A} = socket:sockname(S),
    {S, A}.

from({ok, {A, Data}}, A) -> {ok, Data};
from(Other, _) -> Other.

message({ok, #{ctrl := C} = M}) ->
    {maps:with([iov, flags], M), [maps:with([level, type, value], X) || X <- C, maps:get(type, X) =/= timestamp]};
message(Other) -> Other.

local() ->
    Path = "/tmp/sock_dgram_" ++ os:getpid(),
    {ok, L} = socket:open(local, stream),
    show(local, [socket:bind(L, #{family => local, path => Path}), socket:listen(L),
                 socket:sockname(L) =:= {ok, #{family => local, path => list_to_binary(Path)}}]),
    {ok, C} = socket:open(local, stream),
    show(connect, [socket:connect(C, #{family => local, path => Path})]),
    {ok, S} = socket:accept(L),
    show(data, [socket:send(C, "local"), socket:recv(S, 5), socket:peername(S), socket:sockname(C)]),
    show(gone, [socket:close(C), socket:recv(S), file:delete(Path)]),
    [socket:close(X) || X <- [S, L]],
    {ok, D} = socket:open(local, stream),
    show(none, [socket:connect(D, #{family => local, path => Path}), socket:close(D)]).

six() ->
    case socket:open(inet6, dgram, udp) of
        {ok, S} ->
            ok = socket:bind(S, loopback),
            {ok, #{addr := A, port := P} = To} = socket:sockname(S),
            show(six, [A, socket:sendto(S, "six", To)]),
            {ok, {#{port := P, family := F}, D}} = socket:recvfrom(S),
            show(got, [F, D]);
        Error -> show(six, [Error])
    end.

fds() ->
    {U, A} = udp(),
    {ok, Fd} = socket:getopt(U, {otp, fd}),
    {ok, Copy} = socket:open(Fd),
    show(fd, [socket:sockname(Copy) =:= {ok, A}, maps:get(ctype, socket:info(Copy)) =:= {fromfd, Fd}, socket:close(Copy),
              socket:sockname(U) =:= {ok, A}]),
    show(bad, [socket:open(inet, nothing), socket:open(nothing, stream), socket:open(inet, stream, nothing),
               socket:open(inet, stream, udp), [try socket:F(X) catch error:R -> R end || {F, X} <- [{open, a}, {recv, a}, {close, 1}]]]).
