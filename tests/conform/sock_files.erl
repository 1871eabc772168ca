%% module socket: sendfile, whole, in parts, from where it stands, to who does not read, wrongly
-module(sock_files).
-export([main/0]).

main() ->
    Path = "/tmp/sock_files_" ++ os:getpid(),
    B = << <<(I rem 253)>> || I <- lists:seq(1, 100000) >>,
    ok = file:write_file(Path, B),
    {ok, F} = file:open(Path, [raw, read, binary]),
    {C, S} = pair(),
    io:format("~0p~n", [[socket:sendfile(C, F), size_of(socket:recv(S, 100000, 5000), B, 0)]]),
    io:format("~0p~n", [[socket:sendfile(C, F, 10, 50), size_of(socket:recv(S, 50, 5000), B, 10)]]),
    io:format("~0p~n", [[socket:sendfile(C, F, 99990, 50), size_of(socket:recv(S, 10, 5000), B, 99990)]]),
    io:format("~0p~n", [[socket:sendfile(C, F, 200000, 50), socket:sendfile(C, F, 0, 0, 1000), size_of(socket:recv(S, 100000, 5000), B, 0)]]),
    {ok, 500} = file:position(F, 500),
    io:format("~0p~n", [[socket:sendfile(C, F, 1000), file:position(F, cur), socket:sendfile(C, F), file:position(F, cur)]]),
    io:format("~0p~n", [[t(fun() -> socket:sendfile(X, F, 0, 10) end) || X <- [foo, make_ref()]]]),
    io:format("~0p~n", [[t(fun() -> socket:sendfile(C, X, 0, 10) end) || X <- [foo, make_ref()]]]),
    io:format("~0p~n", [[t(fun() -> socket:sendfile(C, F, X, Y) end) || {X, Y} <- [{-1, 1}, {a, 1}, {1, -1}, {1, a}]]]),
    file:close(F),
    io:format("~0p~n", [t(fun() -> socket:sendfile(C, F, 0, 10) end)]),
    %% More than fits at once.
    Big = binary:copy(B, 60),
    ok = file:write_file(Path, Big),
    {ok, G} = file:open(Path, [raw, read, binary]),
    {C2, S2} = pair(),
    Me = self(),
    spawn_link(fun() -> {ok, D} = socket:recv(S2, byte_size(Big)), Me ! {got, D =:= Big} end),
    io:format("~0p~n", [socket:sendfile(C2, G, 0, 0, infinity)]),
    io:format("~0p~n", [receive {got, R} -> R after 10000 -> nothing end]),
    %% Who does not read: a limit. Both buffers are held small: left alone, they grow beyond the file.
    {C3, S3} = pair(65536),
    {error, {timeout, N}} = case socket:sendfile(C3, G, 0, 0, 30) of {error, timeout} -> {error, {timeout, 0}}; X2 -> X2 end,
    io:format("~0p~n", [N > 0 andalso N < byte_size(Big)]),
    ok = socket:close(S3),
    io:format("~0p~n", [element(1, socket:sendfile(C3, G))]),
    %% By OTP's file module, over gen_tcp.
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    {ok, T} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false}]),
    {ok, A} = gen_tcp:accept(L),
    io:format("~0p~n", [[file:sendfile(G, T, 5, 10, []), gen_tcp:recv(A, 10, 2000) =:= {ok, binary:part(Big, 5, 10)}, file:sendfile(G, T, byte_size(Big), 0, []), file:sendfile(G, T, 0, 7, [{chunk_size, 2}])]]),
    ok = gen_tcp:close(T),
    io:format("~0p~n", [[file:sendfile(G, T, 0, 5, []), file:sendfile(foo, A)]]),
    file:close(G),
    file:delete(Path).

size_of({ok, D}, B, At) -> {byte_size(D), D =:= binary:part(B, At, byte_size(D))};
size_of(R, _, _) -> R.

t(F) -> try F() catch E:R -> {E, case R of {invalid, _} -> invalid; _ -> R end} end.

pair() -> pair(own).

pair(Buffers) ->
    {ok, L} = socket:open(inet, stream, tcp),
    _ = [ok = socket:setopt(L, {socket, rcvbuf}, Buffers) || Buffers =/= own],
    ok = socket:bind(L, #{family => inet, addr => loopback, port => 0}),
    ok = socket:listen(L),
    {ok, A} = socket:sockname(L),
    {ok, C} = socket:open(inet, stream, tcp),
    _ = [ok = socket:setopt(C, {socket, sndbuf}, Buffers) || Buffers =/= own],
    ok = socket:connect(C, A),
    {ok, S} = socket:accept(L),
    socket:close(L),
    {C, S}.
