%% Tails, fixed and computed sizes, sub-binaries of sub-binaries, units, failing sizes.
-module(bit_match_rest).
-export([main/0, id/1]).

main() ->
    B = id(<<"The quick brown fox">>),
    <<A:3/binary, $\s, C/binary>> = B,
    erlang:display({A, C}),
    [erlang:display({N, split(B, N)}) || N <- [0, 1, 18, 19, 20, -1, a, 1.0, 1 bsl 70]],
    [erlang:display({N, bits(id(<<16#A5, 16#5A, 3:3>>), N)}) || N <- [0, 1, 5, 8, 11, 16, 18, 19, 20]],
    erlang:display([lens(X) || X <- [<<3, "abcde">>, <<0, "x">>, <<5, "abc">>, <<2, "ab">>, <<>>]]),
    erlang:display([kind(X) || X <- [<<>>, <<1>>, <<1:1>>, <<1:9>>, <<1:16>>, <<1:24>>]]),
    erlang:display(unit(id(<<1, 2, 3, 4>>))),
    <<_, X/binary>> = B, <<_, Y/binary>> = X, <<Z:4/binary, _/binary>> = Y,
    erlang:display({X, Y, Z}),
    <<_:5, U/bits>> = B,
    erlang:display({bit_size(U), byte_size(U), U}),
    <<V:16/bits, _/bits>> = U, <<_:1, W/bits>> = V,
    erlang:display({V, W}),
    erlang:display(tlv(id(<<1, 0, 3, "abc", 2, 0, 0, 3, 0, 1, 9>>), [])),
    erlang:display(try tlv(id(<<1, 0, 9, "abc">>), []) catch error:{R, V2, _} -> {R, V2}; error:R -> R end),
    erlang:display(try begin <<Q:4/binary>> = id(B), Q end catch error:R2 -> R2 end),
    ok.

id(X) -> X.
split(B, N) ->
    case B of
        <<H:N/binary, T/binary>> -> {H, T};
        _ -> no
    end.
bits(B, N) ->
    case B of
        <<H:N/bits, T/bits>> -> {H, T, bit_size(T)};
        _ -> no
    end.
lens(<<N, S:N/binary>>) -> {exact, S};
lens(<<N, S:N/binary, R/binary>>) -> {S, R};
lens(_) -> no.
kind(<<>>) -> empty;
kind(<<_>>) -> byte;
kind(<<_:2/binary>>) -> two;
kind(B) when is_binary(B) -> binary;
kind(_) -> bits.
unit(<<A:2/binary-unit:8, B:1/binary-unit:12, R/bits>>) -> {A, B, R}.
tlv(<<T, L:16, V:L/binary, R/binary>>, Acc) -> tlv(R, [{T, V} | Acc]);
tlv(<<>>, Acc) -> Acc.
