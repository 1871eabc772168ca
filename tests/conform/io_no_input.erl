%% An empty standard input: every way of reading says eof.
-module(io_no_input).
-export([main/0]).

main() ->
    io:format("~p~n", [io:get_line("")]),
    io:format("~p~n", [io:get_chars("", 1)]),
    io:format("~p~n", [io:read("")]),
    io:format("~p~n", [io:fread("", "~d")]),
    io:format("~p~n", [file:read(standard_io, 1)]),
    ok.
