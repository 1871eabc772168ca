%% Streams of module zlib: levels, strategies, flushes, window bits, dictionaries, resets, params, chunks: the bytes themselves.
-module(zlib_streams).
-compile(nowarn_deprecated_function).
-export([main/0]).

main() ->
    D = data(60000, 1, []), T = binary:copy(<<"the quick brown fox jumps over the lazy dog. ">>, 800),
    p([{L, sum(deflated([L], [T]))} || L <- [none, default, best_speed, best_compression | lists:seq(0, 9)]]),
    p([{L, sum(deflated([L], [D]))} || L <- [none, default, best_compression, 3]]),
    p([{W, M, S, sum(deflated([6, deflated, W, M, S], [T, D]))} || W <- [-15, -9, 9, 15, 31, 25], M <- [1, 9], S <- [default, filtered, huffman_only, rle]]),
    [p({F, flushed(F, [<<"abc">>, T, [<<"x">>, "yz", [<<1, 2, 3>>]], <<>>, D])}) || F <- [none, sync, full]],
    windows(T), dictionaries(), resets(T), params(T, D), chunks(T), after_end(T), crcs(T), many(T), dying(), own(T), odd_input(), big(D).

data(0, _, Acc) -> list_to_binary(Acc);
data(N, S0, Acc) -> S = (S0 * 1103515245 + 12345) band 16#7fffffff, data(N - 1, S, [$a + (S bsr 16) rem 13 | Acc]).

deflated(Init, Parts) ->
    Z = zlib:open(),
    ok = apply(zlib, deflateInit, [Z | Init]),
    Out = [zlib:deflate(Z, P) || P <- Parts],
    Last = zlib:deflate(Z, [], finish),
    ok = zlib:deflateEnd(Z), ok = zlib:close(Z),
    iolist_to_binary([Out, Last]).

inflated(Init, Parts) ->
    Z = zlib:open(),
    ok = apply(zlib, inflateInit, [Z | Init]),
    Out = iolist_to_binary([zlib:inflate(Z, P) || P <- Parts]),
    ok = zlib:inflateEnd(Z), ok = zlib:close(Z),
    Out.

flushed(F, Parts) ->
    Z = zlib:open(), ok = zlib:deflateInit(Z, default),
    Out = [O || P <- Parts, O <- [catch_(fun() -> iolist_to_binary(zlib:deflate(Z, P, F)) end)], is_binary(O)] ++ [iolist_to_binary(zlib:deflate(Z, <<"end">>, finish))],
    End = catch_(fun() -> zlib:deflateEnd(Z) end),
    Y = zlib:open(), ok = zlib:inflateInit(Y),
    Back = [iolist_size(zlib:inflate(Y, O)) || O <- Out],
    {[sum(O) || O <- Out], End, Back, catch_(fun() -> zlib:inflateEnd(Y) end)}.

windows(T) ->
    p([begin C = deflated([default, deflated, W, 8, default], [T]), [inflated([V], [C]) =:= T || V <- Vs] end
       || {W, Vs} <- [{15, [15, 47]}, {9, [9, 15, 32 + 9]}, {31, [31, 47]}, {-15, [-15]}, {-9, [-9, -15]}]]),
    %% a byte at a time
    C = zlib:gzip(T), p(inflated([47], [[<<B>>] || <<B>> <= C]) =:= T),
    p(inflated([31], [binary_to_list(C)]) =:= T),
    p(iolist_to_binary(zlib:gunzip([zlib:gzip("one"), zlib:gzip("two"), zlib:gzip(<<>>)]))),
    p([zlib:zip("abc"), zlib:compress("abc"), binary:part(zlib:gzip("abc"), 0, 9), zlib:unzip(zlib:zip([])), zlib:uncompress(zlib:compress([[], <<>>]))]).

dictionaries() ->
    Dict = <<"hello world, this is what texts begin with">>, Text = <<"this is what texts begin with: hello world, hello">>,
    Z = zlib:open(), ok = zlib:deflateInit(Z), A = zlib:deflateSetDictionary(Z, Dict), C = zlib:deflate(Z, Text, finish), ok = zlib:deflateEnd(Z),
    p({A, sum(iolist_to_binary(C))}),
    Y = zlib:open(), ok = zlib:inflateInit(Y),
    p(catch_(fun() -> zlib:inflate(Y, C) end)), ok = zlib:inflateSetDictionary(Y, [binary_to_list(Dict)]), p(iolist_to_binary(zlib:inflate(Y, []))),
    p(zlib:inflateGetDictionary(Y)), p(zlib:inflateEnd(Y)),
    ok = zlib:inflateInit(Y), p(zlib:inflateGetDictionary(Y)),
    p(zlib:inflate(Y, C, [{exception_on_need_dict, false}])), p(catch_(fun() -> zlib:inflateSetDictionary(Y, "wrong") end)), p(zlib:inflateSetDictionary(Y, Dict)),
    p(iolist_to_binary(zlib:inflate(Y, []))), zlib:inflateReset(Y), p(zlib:safeInflate(Y, C)), zlib:close(Y),
    %% raw streams take one at any time; large sums
    R = zlib:open(), ok = zlib:deflateInit(R, default, deflated, -15, 8, default),
    p(zlib:deflateSetDictionary(R, binary:copy(<<255>>, 3000))), RC = zlib:deflate(R, binary:copy(<<255>>, 500), finish), p(sum(iolist_to_binary(RC))), zlib:close(R),
    U = zlib:open(), ok = zlib:inflateInit(U, -15), ok = zlib:inflateSetDictionary(U, binary:copy(<<255>>, 3000)), p(iolist_size(zlib:inflate(U, RC))), zlib:close(U),
    W = zlib:open(), ok = zlib:deflateInit(W), BigDict = binary:copy(<<255>>, 3000), p(zlib:deflateSetDictionary(W, BigDict)), WC = zlib:deflate(W, "abc", finish), zlib:close(W),
    V = zlib:open(), ok = zlib:inflateInit(V), p(catch_(fun() -> zlib:inflate(V, WC) end)), ok = zlib:inflateSetDictionary(V, BigDict), p(iolist_to_binary(zlib:inflate(V, <<>>))), zlib:close(V),
    G = zlib:open(), ok = zlib:deflateInit(G, default, deflated, 31, 8, default), p(catch_(fun() -> zlib:deflateSetDictionary(G, Dict) end)),
    zlib:deflate(G, "abc"), p(catch_(fun() -> zlib:deflateSetDictionary(G, Dict) end)), zlib:close(G).

resets(T) ->
    Z = zlib:open(), ok = zlib:deflateInit(Z), A = iolist_to_binary(zlib:deflate(Z, T, finish)), ok = zlib:deflateReset(Z), B = iolist_to_binary(zlib:deflate(Z, T, finish)), p(A =:= B),
    ok = zlib:deflateReset(Z), zlib:deflate(Z, T), ok = zlib:deflateReset(Z), p(iolist_to_binary(zlib:deflate(Z, T, finish)) =:= A), ok = zlib:deflateEnd(Z),
    Y = zlib:open(), ok = zlib:inflateInit(Y), zlib:inflate(Y, binary:part(A, 0, 30)), ok = zlib:inflateReset(Y), p(iolist_to_binary(zlib:inflate(Y, A)) =:= T),
    ok = zlib:inflateReset(Y), p(catch_(fun() -> zlib:inflateEnd(Y) end)), p(catch_(fun() -> zlib:inflateEnd(Y) end)), p(zlib:inflateInit(Y)).

params(T, D) ->
    Z = zlib:open(), ok = zlib:deflateInit(Z, none),
    A = zlib:deflate(Z, T), ok = zlib:deflateParams(Z, best_compression, default), B = zlib:deflate(Z, T), ok = zlib:deflateParams(Z, best_speed, huffman_only), C = zlib:deflate(Z, D, sync),
    ok = zlib:deflateParams(Z, 6, filtered), ok = zlib:deflateParams(Z, 0, rle), E = zlib:deflate(Z, [D, T], finish), ok = zlib:deflateEnd(Z),
    All = iolist_to_binary([A, B, C, E]), p(sum(All)), p(zlib:uncompress(All) =:= <<T/binary, T/binary, D/binary, D/binary, T/binary>>).

chunks(T) ->
    C = zlib:compress(binary:copy(T, 20)),
    Z = zlib:open(), ok = zlib:inflateInit(Z), p(zlib:getBufSize(Z)), ok = zlib:setBufSize(Z, 100000), p(zlib:getBufSize(Z)),
    p(more(Z, zlib:inflateChunk(Z, C), 0)), ok = zlib:inflateEnd(Z),
    ok = zlib:inflateInit(Z), p(safe(Z, zlib:safeInflate(Z, C), 0)), p(zlib:safeInflate(Z, [])), ok = zlib:inflateEnd(Z).

more(Z, {more, O}, N) -> more(Z, zlib:inflateChunk(Z), N + iolist_size(O));
more(_, O, N) -> N + iolist_size(O).
safe(Z, {continue, O}, N) -> safe(Z, zlib:safeInflate(Z, []), N + iolist_size(O));
safe(_, {finished, O}, N) -> N + iolist_size(O).

after_end(T) ->
    C = zlib:compress(T), Two = [C, C, <<"rest">>],
    [begin Z = zlib:open(), ok = zlib:inflateInit(Z, 15, E), p({E, catch_(fun() -> iolist_size(zlib:inflate(Z, Two)) end), catch_(fun() -> iolist_size(zlib:inflate(Z, C)) end), catch_(fun() -> zlib:inflateEnd(Z) end)}) end
     || E <- [cut, reset, error]],
    Z = zlib:open(), ok = zlib:deflateInit(Z), zlib:deflate(Z, T, finish), p(catch_(fun() -> zlib:deflate(Z, T) end)), p(catch_(fun() -> zlib:deflateEnd(Z) end)).

crcs(T) ->
    Z = zlib:open(), ok = zlib:deflateInit(Z, 6, deflated, -15, 8, default), p(zlib:crc32(Z)), C = zlib:deflate(Z, T, finish), p(zlib:crc32(Z) =:= erlang:crc32(T)), ok = zlib:deflateReset(Z), p(zlib:crc32(Z)), zlib:close(Z),
    Y = zlib:open(), ok = zlib:inflateInit(Y, -15), zlib:inflate(Y, C), p(zlib:crc32(Y) =:= erlang:crc32(T)), ok = zlib:inflateReset(Y), p(zlib:crc32(Y)), zlib:close(Y),
    X = zlib:open(), ok = zlib:deflateInit(X), zlib:deflate(X, T), p(zlib:crc32(X)),
    p([zlib:crc32(X, "abc"), zlib:crc32(X, 7, "abc"), zlib:adler32(X, "abc"), zlib:adler32(X, 7, "abc"), zlib:crc32_combine(X, 1, 2, 3), zlib:adler32_combine(X, 1, 2, 3)]).

%% more runs than one call takes in, and runs shared with the heap
many(T) ->
    Parts = [binary:part(T, N * 7, 70) || N <- lists:seq(0, 999)], Z = zlib:open(), ok = zlib:deflateInit(Z, 0),
    C = iolist_to_binary(zlib:deflate(Z, Parts, finish)), ok = zlib:deflateEnd(Z), p(sum(C)), p(zlib:uncompress(C) =:= iolist_to_binary(Parts)),
    p(sum(deflated([0], [Parts]))), p(sum(deflated([0], [lists:duplicate(3000, <<"short">>)]))).

%% streams that nobody closes
dying() ->
    [begin {_, M} = spawn_monitor(fun() -> Z = zlib:open(), zlib:deflateInit(Z), zlib:deflate(Z, <<N:800>>), zlib:setBufSize(Z, 20) end), receive {'DOWN', M, _, _, R} -> normal = R end end || N <- lists:seq(1, 30)],
    p(length([begin Z = zlib:open(), zlib:inflateInit(Z), Z end || _ <- lists:seq(1, 50)])), erlang:garbage_collect(), ok.

own(T) ->
    Z = zlib:open(), ok = zlib:deflateInit(Z), Self = self(),
    P = spawn_link(fun() -> receive go -> ok end, Self ! catch_(fun() -> zlib:deflate(Z, T) end), receive go -> ok end, Self ! iolist_to_binary(zlib:deflate(Z, T, finish)), receive go -> ok end, Self ! zlib:set_controlling_process(Z, Self) end),
    P ! go, p(receive A -> A end), p(catch_(fun() -> zlib:set_controlling_process(Z, no_pid) end)), p(zlib:set_controlling_process(Z, P)), P ! go, p(zlib:uncompress(receive B -> B end) =:= T),
    p(catch_(fun() -> zlib:deflateEnd(Z) end)), p(catch_(fun() -> zlib:set_controlling_process(Z, self()) end)), P ! go, p(receive C -> C end), p(zlib:deflateEnd(Z)).

odd_input() ->
    B = binary:copy(<<"0123456789">>, 40), <<_:3, Odd:320/binary, _/bits>> = B, p(zlib:uncompress(zlib:compress(Odd)) =:= Odd), p(sum(zlib:compress([Odd, $a, [Odd | Odd]]))),
    Part = binary:part(B, 100, 200), p(zlib:unzip(zlib:zip([Part, Part])) =:= <<Part/binary, Part/binary>>).

big(D) ->
    Big = binary:copy(D, 12), C = zlib:gzip(Big), p({sum(C), zlib:gunzip(C) =:= Big}),
    Zero = zlib:compress(<<0:(8 * 1500000)>>), p({sum(Zero), byte_size(zlib:uncompress(Zero))}).

sum(B) -> {byte_size(B), erlang:crc32(B)}.
catch_(F) -> try F() catch C:R -> {C, R} end.
p(X) -> io:format("~p~n", [X]).
