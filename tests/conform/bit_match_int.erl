%% Integers out of binaries: all widths, signs and ends, aligned or not.
-module(bit_match_int).
-export([main/0, id/1]).

main() ->
    B = id(<<16#FE, 16#DC, 16#BA, 16#98, 16#76, 16#54, 16#32, 16#10, 16#01, 16#23, 16#45, 16#67, 16#89, 16#AB, 16#CD, 16#EF, 16#80, 0>>),
    [erlang:display({S, O, ints(B, O, S)}) || S <- [0, 1, 2, 5, 7, 8, 9, 12, 15, 16, 17, 23, 24, 25, 31, 32, 33, 40, 48, 56, 58, 59, 60, 61, 62, 63, 64, 65, 72, 100, 128], O <- [0, 1, 3, 8, 13]],
    <<A, C:16, D:16/little, E:8/signed, F:32/signed-little, R/binary>> = B,
    erlang:display({A, C, D, E, F, R}),
    <<G:3/unit:5, H:2/little-unit:8, _/bits>> = B,
    erlang:display({G, H}),
    erlang:display([m(X) || X <- [<<1, 2>>, <<1, 2, 3>>, <<255:8, 1:1>>, <<0:16>>, <<>>, <<16#8000:16>>, <<7:3>>, x]]),
    ok.

id(X) -> X.

ints(B, O, S) ->
    <<_:O, U:S, _/bits>> = B,
    <<_:O, G:S/signed, _/bits>> = B,
    <<_:O, L:S/little, _/bits>> = B,
    <<_:O, M:S/signed-little, _/bits>> = B,
    <<_:O, N:S/native, _/bits>> = B,
    {U, G, L, M, N =:= L}.

m(<<1, X>>) -> {one, X};
m(<<X:16/signed>>) when X < 0 -> {neg, X};
m(<<X:16>>) -> {u16, X};
m(<<X, Y:1>>) -> {X, Y};
m(<<X:3>>) -> {three, X};
m(<<>>) -> empty;
m(B) when is_bitstring(B) -> bits;
m(_) -> none.
