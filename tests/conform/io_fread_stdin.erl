%% io:fread from standard input: numbers and words, mixed with get_line and get_chars.
-module(io_fread_stdin).
-export([main/0, id/1]).

main() ->
    io:format("~p~n", [io:fread("", "~d ~d")]),
    io:format("~p~n", [io:fread("", "~s")]),
    io:format("~p~n", [io:fread("", "~f")]),
    io:format("~p~n", [io:get_line("")]),
    io:format("~p~n", [io:get_chars("", 5)]),
    io:format("~p~n", [io:get_line("")]),
    io:format("~p~n", [io:fread("", "~d")]),
    io:format("~p~n", [io:get_line("")]),
    io:format("~p~n", [io:fread("", "~d")]),
    io:format("~p~n", [io:get_chars("", 5)]),
    ok.

id(X) -> X.
