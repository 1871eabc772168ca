%% utf8, utf16 and utf32 segments: every width, surrogates and values out of range fail.
-module(bit_make_utf).
-export([main/0, id/1]).

main() ->
    Cs = [0, 65, 127, 128, 2047, 2048, 8364, 16#D7FF, 16#E000, 16#FFFD, 16#FFFE, 16#FFFF, 16#10000, 128512, 16#10FFFF],
    [erlang:display({C, <<C/utf8>>, <<C/utf16>>, <<C/utf16-little>>, <<C/utf32>>, <<C/utf32-little>>}) || C <- Cs],
    erlang:display([try <<C/utf8>> catch error:R -> R end || C <- id([16#D800, 16#DFFF, 16#110000, -1, a, 1.0, 1 bsl 70])]),
    erlang:display([try <<C/utf16>> catch error:R -> R end || C <- id([16#D800, 16#DFFF, 16#110000, -1, a])]),
    erlang:display([try <<C/utf32>> catch error:R -> R end || C <- id([16#D800, 16#DFFF, 16#110000, -1, a])]),
    erlang:display(<<"äö€😀"/utf8>>),
    erlang:display(<<"äö€😀"/utf16>>),
    erlang:display(<<"äö€"/utf16-little>>),
    erlang:display(<<"äö€"/utf32>>),
    erlang:display(<<1:3, (id(8364))/utf8, 5:5>>),
    erlang:display(<<1:1, (id(128512))/utf16-little, 0:7>>),
    erlang:display(<<1:4, (id(128512))/utf32, 0:4>>),
    ok.

id(X) -> X.
