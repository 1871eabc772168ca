%% The unicode module: conversions between encodings, incomplete and wrong input, normal forms.
-module(bin_unicode).
-export([main/0, id/1]).

main() ->
    U = [$a, 228, 8364, 128512],
    B = unicode:characters_to_binary(U),
    io:format("~w~n", [B]),
    io:format("~w~n", [unicode:characters_to_list(B)]),
    [io:format("~w~n", [unicode:characters_to_binary(U, unicode, E)]) || E <- [utf8, utf16, {utf16, little}, utf32, {utf32, little}, latin1]],
    io:format("~w~n", [unicode:characters_to_binary("aä", unicode, latin1)]),
    io:format("~w~n", [unicode:characters_to_binary(<<"a", 228>>, latin1, utf8)]),
    io:format("~w~n", [unicode:characters_to_list(<<"a", 228>>, latin1)]),
    io:format("~w~n", [unicode:characters_to_list(<<"a", 228>>)]),
    io:format("~w~n", [unicode:characters_to_list(<<"a", 195>>)]),
    io:format("~w~n", [unicode:characters_to_binary([<<"a">>, [<<"b">>, 8364 | <<"c">>]])]),
    io:format("~w~n", [unicode:characters_to_binary([<<195>>, <<164>>])]),
    io:format("~w~n", [unicode:characters_to_list([16#D800])]),
    io:format("~w~n", [unicode:characters_to_binary([1, 16#110000])]),
    io:format("~w~n", [try unicode:characters_to_list([a]) catch C:R -> {C, R} end]),
    io:format("~w~n", [unicode:characters_to_list(<<0, 97, 216, 61, 222, 0>>, utf16)]),
    io:format("~w~n", [unicode:bom_to_encoding(<<16#EF, 16#BB, 16#BF, 97>>)]),
    io:format("~w~n", [unicode:encoding_to_bom({utf16, little})]),
    io:format("~w~n", [unicode:characters_to_nfd_list("äé")]),
    io:format("~w~n", [unicode:characters_to_nfc_list([97, 776, 101, 769])]),
    io:format("~w~n", [unicode:characters_to_nfkc_binary([16#FB01])]),
    io:format("~w~n", [unicode:characters_to_nfkd_list([16#2460])]),
    Long = unicode:characters_to_binary(lists:duplicate(10000, 8364)),
    io:format("~w ~w~n", [byte_size(Long), length(unicode:characters_to_list(Long))]),
    ok.

id(X) -> X.
