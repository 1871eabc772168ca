%% halt right after a lot of output: all of it arrives.
%% conform: separate
-module(exit_halt_flush).
-export([main/0]).

main() ->
    [io:put_chars(integer_to_list(N) ++ "\n") || N <- lists:seq(1, 20000)],
    halt(255).
