%% main/1 without arguments gets the empty list.
%% conform: separate
-module(cli_no_args).
-export([main/1]).

main([]) -> io:format("none~n");
main(L) -> io:format("~p~n", [L]).
