%% Standard input in binary mode, by file:read_line and io:setopts.
-module(io_stdin_binary).
-export([main/0]).

main() ->
    io:format("~p~n", [io:setopts([binary])]),
    io:format("~p~n", [io:get_line("")]),
    io:format("~p~n", [io:get_chars("", 4)]),
    io:format("~p~n", [file:read_line(standard_io)]),
    io:format("~p~n", [file:read(standard_io, 3)]),
    io:format("~p~n", [io:setopts([list])]),
    io:format("~p~n", [io:get_line("")]),
    io:format("~p~n", [file:read_line(standard_io)]),
    io:format("~p~n", [file:read(standard_io, 10)]),
    io:format("~p~n", [file:read(standard_io, 10)]),
    ok.
