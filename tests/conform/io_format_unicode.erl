%% Unicode: ~ts ~tp ~tw and the plain ones on characters beyond Latin-1, widths of wide characters.
-module(io_format_unicode).
-export([main/0, id/1]).

main() ->
    S = [1055, 1088, 1080, 1074, 1077, 1090], E = [8364, 32, 228],
    [print(io_lib:format(F, [A])) || F <- ["~ts", "~tp", "~p", "~w", "~tw", "~10ts|", "~-10ts|", "~.3ts", "~10.2ts|"], A <- [S, E, unicode:characters_to_binary(S), 'атом', "latin ä"],
        not (F =:= "~10.2ts|" andalso is_atom(A)), is_list(A) orelse is_binary(A) orelse is_atom(A)],
    [print(try io_lib:format("~s", [A]) catch C:R -> io_lib:format("~w", [{C, R}]) end) || A <- [S, "ä", <<"ä"/utf8>>, <<228>>]],
    print(io_lib:format("~tc~tc", [1055, 128512])),
    print(io_lib:format("~c", [1055])),
    print(io_lib:format("~10tc|", [1055])),
    print(io_lib:format("~ts", [[16#4E2D, 16#6587]])),
    print(io_lib:format("~6ts|", [[16#4E2D, 16#6587]])),
    print(io_lib:format([1055, $~, $w], [x])),
    print(io_lib:write_string(S)), print(io_lib:write_string_as_latin1(S)),
    print(io_lib:write_atom('атом')), print(io_lib:write_atom_as_latin1('атом')),
    print(io_lib:write_char(1055)), print(io_lib:write_char($\n)),
    print([io_lib:printable_list("ä"), io_lib:printable_list(S), io_lib:printable_unicode_list(S), io_lib:printable_latin1_list("ä")]),
    io:put_chars(S), io:nl(),
    io:format("~ts~n", [S]),
    ok.

id(X) -> X.
print(X) -> io:format("~w~n", [X]).
