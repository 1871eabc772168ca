%% Appending in a loop, to shared and to old versions of a binary: none may see the other's bytes.
-module(bit_append).
-export([main/0, id/1]).

main() ->
    A = app(1000, <<>>),
    erlang:display({byte_size(A), sum(A, 0)}),
    B = <<A/binary, "x">>, C = <<A/binary, "yy">>, D = <<A/binary>>,
    erlang:display({byte_size(A), tail(B, 2), tail(C, 3), tail(D, 1), tail(A, 1)}),
    Base = id(<<"base">>),
    X = <<Base/binary, "-one">>, Y = <<Base/binary, "-two">>, Z = <<X/binary, Y/binary>>,
    erlang:display({Base, X, Y, Z}),
    L = hist(20, <<0>>, []),
    erlang:display(L),
    Bits = bits(100, <<>>),
    erlang:display({bit_size(Bits), Bits}),
    P = self(),
    Big = app(200, <<>>),
    spawn(fun() -> P ! {child, <<Big/binary, "child">>} end),
    Mine = <<Big/binary, "mine!">>,
    Child = receive {child, V} -> V end,
    erlang:display({tail(Mine, 5), tail(Child, 5), byte_size(Big)}),
    erlang:garbage_collect(),
    More = <<Mine/binary, "more">>,
    erlang:display({tail(More, 9), tail(Mine, 5)}),
    <<H:10/binary, _/binary>> = Big,
    HH = <<H/binary, "XX">>,
    erlang:display({HH, binary_part(Big, 8, 4)}),
    erlang:display(byte_size(app(200000, <<>>))),
    erlang:display(prep(10, <<>>)),
    ok.

id(X) -> X.
app(0, B) -> B;
app(N, B) -> app(N - 1, <<B/binary, N>>).
sum(<<X, R/binary>>, S) -> sum(R, S + X);
sum(<<>>, S) -> S.
tail(B, N) -> binary_part(B, byte_size(B), -N).
hist(0, B, L) -> [B | L];
hist(N, B, L) -> hist(N - 1, <<B/binary, N>>, [B | L]).
bits(0, B) -> B;
bits(N, B) -> bits(N - 1, <<B/bits, N:3>>).
prep(0, B) -> B;
prep(N, B) -> prep(N - 1, <<N, B/binary>>).
