%% Segments that come from one string: their numbers are not distinct. Sizes of more than 64 bits.
-module(bit_many_utf16).
-export([main/0, id/1]).

main() ->
    io:format("~p~n", [<<"Мой дядя"/utf16, (id(1)):8, "самых"/little-utf16>>]),
    io:format("~p~n", [<<(id($М))/utf16, "ой"/utf16, (id($д))/utf8, "ядя"/utf8>>]),
    io:format("~p~n", [[huge(B) || B <- [<<>>, <<1>>, <<1, 2>>, id(a)]]]),
    ok.

huge(<<_:8, _:18446744073709551616>>) -> large;
huge(<<_:8, _:18446744073709551616/binary>>) -> large;
huge(<<_, _:99999999999999999999999, _/binary>>) -> large;
huge(<<>>) -> empty;
huge(B) when is_binary(B) -> byte_size(B);
huge(_) -> other.

id(X) -> X.
