-module(string_to_number).
-export([main/0]).

main() ->
    S = ["", "0", "-0", "+7", "12abc", "-", "+", "--1", " 1", "1 ", "0x10", "99999999999999999999x", "1.5",
         "1.5e3", "1.e3", ".5", "1e5", "-1.0e-3z", "+2.25 rest", "1.5e400", "1.0e", "007", "1_000"],
    [io:format("~p ~p ~p ~p ~p~n", [X, string:to_integer(X), string:to_float(X), t(list_to_integer, [X]),
                                   t(list_to_float, [X])]) || X <- S],
    [io:format("~p ~p ~p ~p~n", [X, string:to_integer(B), t(binary_to_integer, [B]), t(binary_to_float, [B])])
     || X <- S, B <- [list_to_binary(X)]],
    [io:format("~p~n", [t(list_to_integer, [X, B])]) || X <- ["ff", "-ZZ", "+101", "2", "", "g"], B <- [2, 16, 36]],
    io:format("~p ~p ~p~n", [string:to_integer([$1, "23", <<"4x">>]), string:to_integer(a), string:to_float([])]).

t(F, A) -> try apply(erlang, F, A) catch error:R -> R end.
