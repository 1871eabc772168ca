%% What module zlib raises: arguments, states, owners, damaged data, with the functions that the traces name.
-module(zlib_errors).
-compile(nowarn_deprecated_function).
-export([main/0, id/1]).

main() ->
    Z = zlib:open(), Data = binary:copy(<<"some text ">>, 100),
    F = [fun(S) -> zlib:close(S) end, fun(S) -> zlib:set_controlling_process(S, self()) end, fun(S) -> zlib:deflateInit(S) end, fun(S) -> zlib:deflateSetDictionary(S, "abc") end,
         fun(S) -> zlib:deflateReset(S) end, fun(S) -> zlib:deflateParams(S, 1, default) end, fun(S) -> zlib:deflate(S, "abc") end, fun(S) -> zlib:deflate(S, []) end, fun(S) -> zlib:deflateEnd(S) end,
         fun(S) -> zlib:inflateInit(S) end, fun(S) -> zlib:inflateSetDictionary(S, "abc") end, fun(S) -> zlib:inflateGetDictionary(S) end, fun(S) -> zlib:inflateReset(S) end,
         fun(S) -> zlib:inflate(S, "abc") end, fun(S) -> zlib:inflate(S, []) end, fun(S) -> zlib:inflateChunk(S) end, fun(S) -> zlib:safeInflate(S, []) end, fun(S) -> zlib:inflateEnd(S) end,
         fun(S) -> zlib:getBufSize(S) end, fun(S) -> zlib:setBufSize(S, 100) end, fun(S) -> zlib:crc32(S) end, fun(S) -> zlib:crc32(S, "a") end],
    [t(fun() -> G(gurka) end) || G <- F],
    [t(fun() -> G(make_ref()) end) || G <- F],
    [t(fun() -> S = zlib:open(), zlib:close(S), G(S) end) || G <- F],
    [t(fun() -> S = zlib:open(), G(S) end) || G <- F],
    [t(fun() -> S = zlib:open(), zlib:deflateInit(S), G(S) end) || G <- F],
    [t(fun() -> S = zlib:open(), zlib:inflateInit(S), G(S) end) || G <- F],
    [other(G) || G <- F],
    [t(fun() -> zlib:deflateInit(Z, L) end) || L <- [gurka, -1, 10, 5.0]],
    [t(fun() -> zlib:deflateInit(Z, L, M, W, E, S) end) || {L, M, W, E, S} <- [{6, stored, 15, 8, default}, {6, deflated, 7, 8, default}, {6, deflated, 48, 8, default}, {6, deflated, 47, 8, default}, {6, deflated, -8, 8, default},
        {6, deflated, -16, 8, default}, {6, deflated, 15, 0, default}, {6, deflated, 15, 10, default}, {6, deflated, 15, 8, fixed}, {6, deflated, 16, 8, default}, {6, deflated, 23, 8, default}]],
    [t(fun() -> S = zlib:open(), zlib:inflateInit(S, W) end) || W <- [7, 48, a, -16, -7, 16, 40, 20, -8]],
    t(fun() -> zlib:inflateInit(Z, 15, none) end),
    zlib:deflateInit(Z),
    [t(fun() -> zlib:deflate(Z, D) end) || D <- [atom, 5, [256], [-1], [a], <<1:3>>, [<<1:3>>], [1 | 2], [<<"ok">> | x]]],
    [t(fun() -> zlib:deflate(Z, "abc", M) end) || M <- [now, 0, 1]],
    [t(fun() -> zlib:deflateSetDictionary(Z, D) end) || D <- [atom, [256], <<1:7>>, [<<1:3>>], [1 | 2]]],
    [t(fun() -> zlib:setBufSize(Z, N) end) || N <- [16, 1 bsl 24, a, 1 bsl 70]],
    t(fun() -> zlib:deflateParams(Z, 11, default) end), t(fun() -> zlib:deflateParams(Z, 1, odd) end),
    t(fun() -> zlib:set_controlling_process(Z, make_ref()) end), t(fun() -> zlib:set_controlling_process(gurka, gurka) end),
    t(fun() -> zlib:deflate(Z, Data), zlib:deflateEnd(Z) end), t(fun() -> zlib:deflateEnd(Z) end),
    C = zlib:compress(Data), G = zlib:gzip(Data), R = zlib:zip(Data),
    [t(fun() -> byte_size(zlib:Fun(id(D))) end) || Fun <- [uncompress, gunzip, unzip],
        D <- [<<>>, "x", atom, [a], C, G, R, [C, "trailing"], [G, "trailing"], [R, "trailing"], binary:part(C, 0, byte_size(C) - 1), binary:part(G, 0, byte_size(G) - 5), binary:part(R, 0, 10), hurt(C, 10), hurt(G, 12), hurt(R, 5), hurt(C, byte_size(C) - 1), hurt(G, byte_size(G) - 2)]],
    [t(fun() -> zlib:Fun(D) end) || Fun <- [compress, zip, gzip], D <- [atom, 17, [300], <<5:9>>, [<<"a">> | $b]]],
    %% every single damaged byte, every length
    p([try erlang:crc32(zlib:uncompress(hurt(C, N))) catch error:E -> E end || N <- lists:seq(0, byte_size(C) - 1)]),
    p([try erlang:crc32(zlib:gunzip(hurt(G, N))) catch error:E -> E end || N <- lists:seq(0, byte_size(G) - 1)]),
    p([try erlang:crc32(zlib:unzip(binary:part(R, 0, N))) catch error:E -> E end || N <- lists:seq(0, byte_size(R))]).

id(X) -> X.
hurt(B, N) -> <<A:N/binary, X, T/binary>> = B, <<A/binary, (X bxor 16#41), T/binary>>.

other(G) ->
    S = zlib:open(), Self = self(),
    spawn_link(fun() -> t(fun() -> G(S) end), Self ! done end), receive done -> ok end.

t(F) ->
    p(try F() catch C:R:St -> {C, R, [shown(E) || {zlib, _, _, _} = E <- St]} end).
shown({M, F, A, I}) when is_list(A) -> {M, F, [plain(X) || X <- A], I};
shown(E) -> E.
plain(X) when is_reference(X) -> ref;
plain(X) when is_pid(X) -> pid;
plain(X) -> X.
p(X) when is_reference(X) -> p(ref);
p(X) -> io:format("~p~n", [X]).
