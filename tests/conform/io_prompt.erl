%% Prompts are written to standard output even when the input is no terminal.
-module(io_prompt).
-export([main/0]).

main() ->
    A = io:get_line("name? "),
    B = io:get_line('atom prompt> '),
    C = io:get_chars("three: ", 3),
    io:format("~n~p ~p ~p~n", [A, B, C]),
    io:format("~p~n", [io:read("term? ")]),
    io:format("~p~n", [io:read("again? ")]),
    ok.
