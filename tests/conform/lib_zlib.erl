%% zlib: compress, uncompress, gzip, raw deflate in pieces, checksums, damaged data.
-module(lib_zlib).
-export([main/0]).

main() ->
    D = binary:copy(<<"the quick brown fox jumps over the lazy dog. ">>, 500),
    p(zlib:uncompress(zlib:compress(D)) =:= D), p(byte_size(zlib:compress(D)) < 1000), p(zlib:gunzip(zlib:gzip(D)) =:= D), p(zlib:unzip(zlib:zip(D)) =:= D), p(zlib:uncompress(zlib:compress(<<>>))),
    Z = zlib:open(), ok = zlib:deflateInit(Z, best_compression), A = zlib:deflate(Z, D), B = zlib:deflate(Z, D, finish), ok = zlib:deflateEnd(Z), zlib:close(Z),
    Y = zlib:open(), ok = zlib:inflateInit(Y), O = zlib:inflate(Y, [A, B]), ok = zlib:inflateEnd(Y), zlib:close(Y), p(iolist_to_binary(O) =:= <<D/binary, D/binary>>),
    p([try zlib:uncompress(X) catch error:R -> R end || X <- [<<"garbage">>, <<>>, binary:part(zlib:compress(D), 0, 20)]]), p(erlang:crc32(zlib:gunzip(zlib:gzip("abc")))),
    ok.

p(X) -> io:format("~p~n", [X]).
