%% Bad formats and arguments: badarg with which trace, from io:format and io_lib:format.
-module(io_format_errors).
-export([main/0, id/1]).

main() ->
    [t(F, A) || {F, A} <- [{"~p", []}, {"~p", [1, 2]}, {"~q", [1]}, {"~", []}, {"~s", [1]}, {"~s", [[a]]}, {"~d", [1]}, {"~c", [a]}, {"~b", [1.0]}, {"~.1b", [1]}, {"~.37b", [1]}, {"~f", [x]},
        {"~10", []}, {"~*p", [a, b]}, {x, [1]}, {"~p", notlist}, {"~p", [1 | 2]}, {1, []}, {"~ts", [[-1]]}, {"~x", [1]}, {"~#", [a]}, {"~P", [1]}, {"~W", [1, a]}, {"~s", [{}]}, {[a], []}]],
    ok.

id(X) -> X.
t(F, A) ->
    io:format("~p ~p: ~p ~p~n", [F, A, try io_lib:format(F, A) catch C:R -> {C, R} end, try io:format(F, A) catch C1:R1 -> {C1, R1} end]).
