%% Standard error goes its own way; standard output stays clean.
%% conform: separate stderr
-module(io_stderr).
-export([main/0]).

main() ->
    io:format(standard_error, "to stderr ~p~n", [1]),
    io:format("to stdout~n"),
    io:put_chars(standard_error, "again\n"),
    io:format(standard_io, "named ~w~n", [stdout]),
    io:format(user, "user ~w~n", [x]),
    ok.
