%% A sudoku solver by constraint lists and backtracking.
-module(prog_sudoku).
-export([main/0]).

main() ->
    [solve(P) || P <- ["530070000600195000098000060800060003400803001700020006060000280000419005000080079", "000000907000420180000705026100904000050000040000507009920108000034059000507000000"]], ok.

solve(P) ->
    B = maps:from_list(lists:zip([{R, C} || R <- lists:seq(0, 8), C <- lists:seq(0, 8)], [X - $0 || X <- P])),
    case try_(B) of
        false -> io:format("none~n");
        S -> [io:format("~s~n", [[map_get({R, C}, S) + $0 || C <- lists:seq(0, 8)]]) || R <- lists:seq(0, 8)], io:nl()
    end.
try_(B) ->
    case [{length(O), K, O} || {K, 0} <- maps:to_list(B), O <- [options(K, B)]] of
        [] -> B;
        L -> {_, K, O} = lists:min(L), first(O, K, B)
    end.
first([], _, _) -> false;
first([O | Os], K, B) -> case try_(B#{K := O}) of false -> first(Os, K, B); S -> S end.
options({R, C}, B) ->
    Used = [map_get({R, X}, B) || X <- lists:seq(0, 8)] ++ [map_get({X, C}, B) || X <- lists:seq(0, 8)] ++ [map_get({R div 3 * 3 + I, C div 3 * 3 + J}, B) || I <- [0, 1, 2], J <- [0, 1, 2]],
    lists:seq(1, 9) -- Used.
