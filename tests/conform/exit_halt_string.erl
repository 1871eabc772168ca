%% halt with a wrong argument fails; with options works.
%% conform: separate
-module(exit_halt_string).
-export([main/0, id/1]).

main() ->
    [io:format("~p~n", [try halt(id(X)) catch C:R -> {C, R} end]) || X <- [-1, a, 1.5, {}]],
    halt(9, [{flush, true}]).
id(X) -> X.
