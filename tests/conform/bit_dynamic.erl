%% Sizes that come from earlier fields, arithmetic in sizes, nested formats.
-module(bit_dynamic).
-export([main/0, id/1]).

main() ->
    erlang:display(pkt(id(<<2:8, 3:8, 5:3, 100:16, 1:1, 0:4>>))),
    erlang:display(pkt(id(<<1:8, 0:8, 1:1, 2>>))),
    erlang:display(arr(id(<<3, 16, 1:16, 2:16, 3:16>>))),
    erlang:display(arr(id(<<2, 5, 1:5, 2:5, 7:6>>))),
    erlang:display(calc(id(<<2, "abcdefghij">>))),
    erlang:display(enc([{a, 5}, {bb, 300}, {ccc, 1 bsl 40}])),
    erlang:display(dec(enc([{a, 5}, {bb, 300}, {ccc, 1 bsl 40}]))),
    erlang:display(varint(id(<<16#AC, 16#02, 5, 16#FF, 16#FF, 16#FF, 16#FF, 16#FF, 16#FF, 16#FF, 16#FF, 16#7F>>))),
    erlang:display([b64(X) || X <- [<<>>, <<"f">>, <<"fo">>, <<"foo">>, <<"foob">>, <<0, 255, 128>>]]),
    ok.

id(X) -> X.
pkt(<<A, B, X:(A + 1), Y:(B * 5 + 1), R/bits>>) -> {A, B, X, Y, R};
pkt(<<A, B, R/bits>>) -> {short, A, B, R}.
arr(<<N, W, R/bits>>) ->
    T = N * W,
    case R of
        <<E:T/bits, Pad/bits>> -> {[X || <<X:W>> <= E], Pad};
        _ -> no
    end.
calc(<<N, A:N/binary, B:(N * 2)/binary, C:(N + 1)/binary-unit:8, R/binary>>) -> {A, B, C, R}.
enc(L) -> << <<(byte_size(atom_to_binary(K))), (atom_to_binary(K))/binary, (w(V)), V:(w(V))/unit:8>> || {K, V} <- L >>.
w(V) when V < 256 -> 1;
w(V) when V < 65536 -> 2;
w(_) -> 8.
dec(<<N, K:N/binary, W, V:W/unit:8, R/binary>>) -> [{K, V} | dec(R)];
dec(<<>>) -> [].
varint(<<>>) -> [];
varint(B) -> {V, R} = varint(B, 0, 0), [V | varint(R)].
varint(<<1:1, X:7, R/binary>>, S, A) -> varint(R, S + 7, A bor (X bsl S));
varint(<<0:1, X:7, R/binary>>, S, A) -> {A bor (X bsl S), R}.
b64(B) -> b64(B, <<>>).
b64(<<A:6, B:6, C:6, D:6, R/binary>>, O) -> b64(R, <<O/binary, (c(A)), (c(B)), (c(C)), (c(D))>>);
b64(<<A:6, B:6, C:4>>, O) -> <<O/binary, (c(A)), (c(B)), (c(C bsl 2)), $=>>;
b64(<<A:6, B:2>>, O) -> <<O/binary, (c(A)), (c(B bsl 4)), "==">>;
b64(<<>>, O) -> O.
c(X) when X < 26 -> $A + X;
c(X) when X < 52 -> $a + X - 26;
c(X) when X < 62 -> $0 + X - 52;
c(62) -> $+;
c(63) -> $/.
