%% Bit syntax: matching integers, parts and rests; building.
-module(bits).
-export([packet/1, count/2, build/3]).

packet(<<Len:16, Tag, Body:Len/binary, Rest/bits>>) -> {Tag, Body, Rest};
packet(<<1:1, F:63/little-signed>>) -> F;
packet(_) -> none.

count(<<C/utf8, T/binary>>, N) when C =/= $\n -> count(T, N + 1);
count(<<>>, N) -> N.

build(A, B, C) -> <<A:32, "abc", B/binary, C/float>>.
