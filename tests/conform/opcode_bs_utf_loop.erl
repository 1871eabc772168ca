%% UTF-8 loops by bs_get_utf8, bs_skip and bs_create_bin: counting, reversing, case, validity.
-module(opcode_bs_utf_loop).
-export([main/0, id/1]).

main() ->
    T = unicode:characters_to_binary(lists:flatten(lists:duplicate(50, [$a, 228, 8364, 128512, $z]))),
    p([count(T, 0), byte_size(T), erlang:crc32(rev(T, <<>>)), rev(rev(T, <<>>), <<>>) =:= T, upper(<<"abc ä é ÿ"/utf8>>), valid(T), valid(<<T/binary, 255>>), valid(<<T/binary, 16#C3>>)]),
    p([nth(N, T) || N <- [0, 1, 2, 3, 249, 250]]), p(to16(T) =:= unicode:characters_to_binary(T, utf8, utf16)), p(widths(<<"aä€😀"/utf8>>)), p(split(<<"one—two—three"/utf8>>, 16#2014)),
    ok.

id(X) -> X.
p(X) -> io:format("~w~n", [X]).
count(<<_/utf8, R/binary>>, N) -> count(R, N + 1);
count(<<>>, N) -> N.
rev(<<C/utf8, R/binary>>, A) -> rev(R, <<C/utf8, A/binary>>);
rev(<<>>, A) -> A.
upper(B) -> << <<(if C >= $a, C =< $z -> C - 32; C >= 224, C < 255 -> C - 32; true -> C end)/utf8>> || <<C/utf8>> <= B >>.
valid(<<_/utf8, R/binary>>) -> valid(R);
valid(<<>>) -> true;
valid(B) -> {false, byte_size(B)}.
nth(0, <<C/utf8, _/binary>>) -> C;
nth(N, <<_/utf8, R/binary>>) -> nth(N - 1, R);
nth(_, <<>>) -> none.
to16(B) -> << <<C/utf16>> || <<C/utf8>> <= B >>.
widths(B) -> [{C, byte_size(<<C/utf8>>), byte_size(<<C/utf16>>)} || <<C/utf8>> <= B].
split(B, S) -> split(B, S, <<>>, []).
split(<<S/utf8, R/binary>>, S, W, A) -> split(R, S, <<>>, [W | A]);
split(<<C/utf8, R/binary>>, S, W, A) -> split(R, S, <<W/binary, C/utf8>>, A);
split(<<>>, _, W, A) -> lists:reverse([W | A]).
