%% io_lib: fwrite, write, print, format with limits, deep lists, scanning formats, indentation.
-module(io_lib_functions).
-export([main/0, id/1]).

main() ->
    p(lists:flatten(io_lib:format("~w-~p", [a, "b"]))),
    p(lists:flatten(io_lib:write({a, [1, 2, "s"]}))),
    p(lists:flatten(io_lib:write({a, [1, 2, {b, c}]}, 3))),
    p(lists:flatten(io_lib:write([1, 2, 3, 4, 5, 6], 4))),
    p(lists:flatten(io_lib:write("abc", [{depth, 2}]))),
    p(lists:flatten(io_lib:print({a, "str", [1, 2]}))),
    p(lists:flatten(io_lib:print(lists:seq(1, 30), 5, 40, -1))),
    p(io_lib:nl()), p(io_lib:indentation("abc\ndef", 3)),
    p(lists:flatten(io_lib:write_atom('A b'))), p(lists:flatten(io_lib:write_string("q\"x", $'))),
    p(io_lib:char_list("abc")), p(io_lib:char_list([a])), p(io_lib:latin1_char_list([256])), p(io_lib:deep_char_list(["a", [$b]])),
    p(io_lib:printable_list([1])), p(io_lib:printable_list("ok")), p(io_lib:quote_atom('Abc', [])),
    p(lists:flatten(io_lib:format("~w", [lists:seq(1, 100)], [{chars_limit, 40}]))),
    p(lists:flatten(io_lib:format("~p", [lists:seq(1, 100)], [{chars_limit, 40}]))),
    p(lists:flatten(io_lib:format("~s ~p", ["abcdefgh", #{a => lists:seq(1, 50)}], [{chars_limit, 30}]))),
    p(io_lib:scan_format("~10.3p and ~w", [a, b])),
    p(io_lib:unscan_format(io_lib:scan_format("~10.3p and ~-5w", [a, b]))),
    p(lists:flatten(io_lib:build_text(io_lib:scan_format("<~5w>", [a])))),
    p(io_lib:limit_term({a, [1, 2, 3, 4], "string"}, 3)),
    p(lists:flatten(io_lib:format_prompt({format, "~w> ", [1]}))),
    p(iolist_size(io_lib:format("~p", [lists:seq(1, 2000)]))),
    ok.

id(X) -> X.
p(X) -> io:format("~p~n", [X]).
