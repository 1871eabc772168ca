%% Segments that come from one string: their numbers are not distinct. Sizes of more than 64 bits.
-module(bit_size_edges).
-export([main/0, id/1]).

main() ->
    io:format("~p~n", [<<"Мой дядя"/utf16, (id(1)):8, "самых"/little-utf16>>]),
    io:format("~p~n", [<<(id($М))/utf16, "ой"/utf16, (id($д))/utf8, "ядя"/utf8>>]),
    io:format("~p~n", [[huge(B) || B <- [<<>>, <<1>>, <<1, 2>>, id(a)]]]),
    io:format("~p~n", [[wide(B) || B <- [<<>>, <<0>>, <<0, 0>>, id(a)]]]),
    ok.

wide(<<_:144115188075855872/unit:128, 0, _/binary>>) -> 1;
wide(<<_:1152921504606846976/unit:16, 0, _/binary>>) -> 2;
wide(<<_:2305843009213693952/unit:8, 0, _/binary>>) -> 3;
wide(<<I:144115188075855872/unit:128, 0, _/binary>>) -> {4, I};
wide(<<B:2305843009213693952/binary, 0, _/binary>>) -> {5, B};
wide(_) -> none.

huge(<<_:8, _:18446744073709551616>>) -> large;
huge(<<_:8, _:18446744073709551616/binary>>) -> large;
huge(<<_, _:99999999999999999999999, _/binary>>) -> large;
huge(<<>>) -> empty;
huge(B) when is_binary(B) -> byte_size(B);
huge(_) -> other.

id(X) -> X.
