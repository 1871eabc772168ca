%% Words of the input counted and printed by frequency.
-module(prog_wordcount).
-export([main/0]).

main() ->
    M = loop(#{}),
    L = lists:sort(fun({A, N}, {B, K}) -> {-N, A} =< {-K, B} end, maps:to_list(M)),
    [io:format("~-12ts ~3w ~s~n", [W, N, lists:duplicate(N, $*)]) || {W, N} <- L].

loop(M) ->
    case io:get_line("") of
        eof -> M;
        S -> loop(lists:foldl(fun(W, A) -> maps:update_with(string:lowercase(W), fun(N) -> N + 1 end, 1, A) end, M, string:lexemes(S, " ,.;:!?\n\t")))
    end.
