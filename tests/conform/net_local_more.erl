%% sockets of the file system and of abstract names: streams and datagrams, names, errors
-module(net_local_more).
-export([main/0]).

main() ->
    Dir = "/tmp/conform_local_" ++ os:getpid(),
    ok = file:make_dir(Dir),
    try main(Dir) after [file:delete(F) || F <- filelib:wildcard(Dir ++ "/*")], file:del_dir(Dir) end.

main(Dir) ->
    Path = Dir ++ "/stream",
    io:format("~0p~n", [try gen_tcp:listen(1, [{ifaddr, {local, Path}}]) catch E0:R0 -> {E0, R0} end]),
    {ok, L} = gen_tcp:listen(0, [{ifaddr, {local, Path}}, binary, {active, false}]),
    hide(Dir, gen_tcp:listen(0, [{ifaddr, {local, Path}}])),
    {ok, C} = gen_tcp:connect({local, Path}, 0, [binary, {active, false}]),
    {ok, S} = gen_tcp:accept(L),
    ok = gen_tcp:send(C, "local"),
    io:format("~0p~n", [gen_tcp:recv(S, 5)]),
    hide(Dir, [inet:sockname(L), inet:peername(C), inet:sockname(C), inet:peername(S), inet:sockname(S), inet:port(L)]),
    io:format("~0p~n", [[inet:getopts(C, [O]) || O <- [nodelay, tos, keepalive, active, packet]]]),
    io:format("~0p~n", [[inet:setopts(C, [O]) || O <- [{nodelay, true}, {packet, 2}, {keepalive, true}]]]),
    ok = gen_tcp:shutdown(S, write),
    io:format("~0p~n", [gen_tcp:recv(C, 0)]),
    [gen_tcp:close(X) || X <- [C, S]],
    hide(Dir, gen_tcp:connect({local, Dir ++ "/none"}, 0, [])),
    hide(Dir, try gen_tcp:connect({local, Path}, 5, []) catch E:R -> {E, R} end),
    gen_tcp:close(L),
    hide(Dir, gen_tcp:connect({local, Path}, 0, [])),
    hide(Dir, try gen_tcp:connect({local, lists:duplicate(200, $a)}, 0, []) catch E2:R2 -> {E2, R2} end),
    abstract("conform" ++ os:getpid()),
    datagrams(Dir),
    socketpair(Dir).

hide(Dir, T) -> io:format("~s~n", [string:replace(io_lib:format("~0p", [T]), Dir, "DIR", all)]).

abstract(Name) ->
    {ok, L} = gen_tcp:listen(0, [{ifaddr, {local, [0 | Name]}}, {active, false}]),
    {ok, C} = gen_tcp:connect({local, [0 | Name]}, 0, [{active, false}]),
    {ok, S} = gen_tcp:accept(L),
    ok = gen_tcp:send(S, "abstract"),
    io:format("~0p ~0p~n", [gen_tcp:recv(C, 8), inet:peername(C) =:= {ok, {local, list_to_binary([0 | Name])}}]),
    [gen_tcp:close(X) || X <- [L, C, S]].

datagrams(Dir) ->
    A = Dir ++ "/a", B = Dir ++ "/b",
    {ok, U} = gen_udp:open(0, [{ifaddr, {local, A}}, binary, {active, false}]),
    {ok, V} = gen_udp:open(0, [{ifaddr, {local, B}}, binary]),
    ok = gen_udp:send(U, {local, B}, 0, "to b"),
    hide(Dir, receive {udp, V, X, Y, D} -> {X, Y, D} after 1000 -> nothing end),
    ok = gen_udp:send(V, {local, A}, 0, "to a"),
    hide(Dir, recv(U)),
    hide(Dir, [gen_udp:send(U, {local, Dir ++ "/none"}, 0, "x"), inet:sockname(U), inet:peername(U)]),
    {ok, W} = gen_udp:open(0, [local]),
    ok = gen_udp:send(W, {local, B}, 0, "nameless"),
    hide(Dir, receive {udp, V, X2, Y2, D2} -> {X2, Y2, D2} after 1000 -> nothing end),
    ok = gen_udp:connect(W, {local, A}, 0),
    ok = gen_udp:send(W, "connected"),
    hide(Dir, recv(U)),
    [gen_udp:close(X3) || X3 <- [U, V, W]],
    hide(Dir, filelib:wildcard(Dir ++ "/*")).

%% A passive receive knows no local addresses of binaries.
recv(U) ->
    ok = inet:setopts(U, [{active, once}]),
    receive {udp, U, A, P, D} -> {A, P, D} after 1000 -> nothing end.

socketpair(Dir) ->
    Path = Dir ++ "/seq",
    {ok, L} = socket:open(local, seqpacket, default),
    ok = socket:bind(L, #{family => local, path => Path}),
    ok = socket:listen(L),
    {ok, C} = socket:open(local, seqpacket, default),
    ok = socket:connect(C, #{family => local, path => Path}),
    {ok, S} = socket:accept(L),
    ok = socket:send(C, "one"),
    ok = socket:send(C, "two"),
    hide(Dir, [socket:recv(S), socket:recv(S), socket:recv(S, 0, 0), socket:sockname(L), socket:peername(C)]),
    [socket:close(X) || X <- [C, S, L]].
