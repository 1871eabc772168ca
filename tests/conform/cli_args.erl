%% Command-line arguments arrive at main/1 as strings, in order, odd ones untouched.
%% conform: separate
-module(cli_args).
-export([main/1]).

main(Args) ->
    io:format("~p~n", [length(Args)]),
    [io:format("~p ~ts~n", [A, A]) || A <- Args],
    io:format("~p~n", [init:get_plain_arguments() =:= Args]),
    ok.
