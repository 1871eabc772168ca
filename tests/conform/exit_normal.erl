%% Returning from main: status 0, whatever the value.
%% conform: separate
-module(exit_normal).
-export([main/0]).

main() ->
    io:format("done~n"),
    {error, not_an_error}.
