%% UTF-8, 16 and 32 out of binaries: valid text, truncated, overlong, surrogates, unaligned.
-module(bit_match_utf).
-export([main/0, id/1]).

main() ->
    Bs = [<<"A">>, <<"ä"/utf8>>, <<"€"/utf8>>, <<"😀"/utf8>>, <<>>, <<16#C3>>, <<16#E2, 16#82>>, <<16#C0, 16#80>>, <<16#E0, 16#80, 16#80>>, <<16#ED, 16#A0, 16#80>>,
          <<16#F4, 16#90, 16#80, 16#80>>, <<16#F8, 16#88, 16#80, 16#80, 16#80>>, <<16#80>>, <<16#FF>>, <<16#EF, 16#BF, 16#BF>>, <<16#D8, 0, 16#DC, 0>>, <<16#DC, 0>>, <<0, 16#D8, 0, 16#DC>>,
          <<0, 1, 16#F6, 0>>, <<0, 16#11, 0, 0>>, <<0, 0, 16#D8, 0>>, <<65, 0, 0, 0>>, <<1:7>>],
    [erlang:display({B, u8(B), u16(B), u16l(B), u32(B), u32l(B)}) || B <- Bs],
    erlang:display(all(id(<<"grüße, €uro 😀"/utf8>>), [])),
    erlang:display(skip(id(<<"äbç"/utf8>>), 0)),
    <<_:3, C/utf8, _/bits>> = id(<<1:3, 8364/utf8, 1:5>>),
    <<_:5, D/utf16, _/bits>> = id(<<1:5, 128512/utf16, 1:3>>),
    <<_:1, E/utf32-little, _/bits>> = id(<<1:1, 128512/utf32-little, 1:7>>),
    erlang:display({C, D, E}),
    erlang:display([lit(B) || B <- [<<"ä"/utf8>>, <<"b">>, <<"€"/utf8, 1>>]]),
    ok.

id(X) -> X.
u8(<<C/utf8, R/bits>>) -> {C, R}; u8(_) -> no.
u16(<<C/utf16, R/bits>>) -> {C, R}; u16(_) -> no.
u16l(<<C/utf16-little, R/bits>>) -> {C, R}; u16l(_) -> no.
u32(<<C/utf32, R/bits>>) -> {C, R}; u32(_) -> no.
u32l(<<C/utf32-little, R/bits>>) -> {C, R}; u32l(_) -> no.
all(<<C/utf8, R/binary>>, A) -> all(R, [C | A]);
all(<<>>, A) -> A.
skip(<<_/utf8, R/binary>>, N) -> skip(R, N + 1);
skip(<<>>, N) -> N.
lit(<<"ä"/utf8>>) -> ae;
lit(<<"€"/utf8, X>>) -> {euro, X};
lit(_) -> none.
