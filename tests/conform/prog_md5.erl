%% MD5 and SHA-1 written in Erlang, checked against erlang:md5 and known digests.
-module(prog_md5).
-export([main/0]).

main() ->
    [io:format("~p ~p ~s~n", [byte_size(B), md5(B) =:= erlang:md5(B), hex(sha1(B))]) || B <- [<<>>, <<"abc">>, binary:copy(<<"a">>, 55), binary:copy(<<"b">>, 56), binary:copy(<<"c">>, 64), binary:copy(<<"0123456789">>, 300)]].

pad(B, E) -> S = byte_size(B), Z = (119 - S rem 64) rem 64, case E of big -> <<B/binary, 128, 0:(Z * 8), (S * 8):64>>; little -> <<B/binary, 128, 0:(Z * 8), (S * 8):64/little>> end.
md5(B) ->
    K = list_to_tuple([trunc(abs(math:sin(I)) * 4294967296) || I <- lists:seq(1, 64)]),
    {A, Bb, C, D} = md5(pad(B, little), {16#67452301, 16#efcdab89, 16#98badcfe, 16#10325476}, K),
    <<A:32/little, Bb:32/little, C:32/little, D:32/little>>.
md5(<<>>, H, _) -> H;
md5(<<X:64/binary, R/binary>>, {A0, B0, C0, D0} = H, K) ->
    M = list_to_tuple([W || <<W:32/little>> <= X]),
    {A, B, C, D} = md5r(0, H, M, K),
    md5(R, {(A0 + A) band 16#FFFFFFFF, (B0 + B) band 16#FFFFFFFF, (C0 + C) band 16#FFFFFFFF, (D0 + D) band 16#FFFFFFFF}, K).
md5r(64, H, _, _) -> H;
md5r(I, {A, B, C, D}, M, K) ->
    {F, G} = if I < 16 -> {(B band C) bor ((bnot B) band D), I}; I < 32 -> {(D band B) bor ((bnot D) band C), (5 * I + 1) rem 16}; I < 48 -> {B bxor C bxor D, (3 * I + 5) rem 16}; true -> {C bxor (B bor (bnot D band 16#FFFFFFFF)), (7 * I) rem 16} end,
    S = element(I rem 4 + 1, element(I div 16 + 1, {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}})),
    F2 = (F + A + element(I + 1, K) + element(G + 1, M)) band 16#FFFFFFFF,
    md5r(I + 1, {D, (B + rol(F2, S)) band 16#FFFFFFFF, B, C}, M, K).
rol(X, N) -> ((X bsl N) bor (X bsr (32 - N))) band 16#FFFFFFFF.
sha1(B) -> {A, Bb, C, D, E} = sha1(pad(B, big), {16#67452301, 16#EFCDAB89, 16#98BADCFE, 16#10325476, 16#C3D2E1F0}), <<A:32, Bb:32, C:32, D:32, E:32>>.
sha1(<<>>, H) -> H;
sha1(<<X:64/binary, R/binary>>, {A, B, C, D, E} = H) ->
    W = ext([Y || <<Y:32>> <= X]),
    {A1, B1, C1, D1, E1} = sr(W, 0, H),
    sha1(R, {(A + A1) band 16#FFFFFFFF, (B + B1) band 16#FFFFFFFF, (C + C1) band 16#FFFFFFFF, (D + D1) band 16#FFFFFFFF, (E + E1) band 16#FFFFFFFF}).
ext(W) -> ext(lists:reverse(W), 16).
ext(W, 80) -> lists:reverse(W);
ext(W, N) -> ext([rol(lists:nth(3, W) bxor lists:nth(8, W) bxor lists:nth(14, W) bxor lists:nth(16, W), 1) | W], N + 1).
sr([], _, H) -> H;
sr([W | T], I, {A, B, C, D, E}) ->
    {F, K} = if I < 20 -> {(B band C) bor ((bnot B) band D), 16#5A827999}; I < 40 -> {B bxor C bxor D, 16#6ED9EBA1}; I < 60 -> {(B band C) bor (B band D) bor (C band D), 16#8F1BBCDC}; true -> {B bxor C bxor D, 16#CA62C1D6} end,
    sr(T, I + 1, {(rol(A, 5) + F + E + K + W) band 16#FFFFFFFF, A, rol(B, 30), C, D}).
hex(B) -> [io_lib:format("~2.16.0b", [X]) || <<X>> <= B].
