%% erts_debug:size_shared/1: what terms share counts once, literals not at all.
-module(lib_size_shared).
-export([main/0]).

main() ->
    N = length(init:get_plain_arguments()) * 0 + 3,
    L = lists:seq(1, N),
    T = {L, L, L},
    Deep = lists:foldl(fun(_, X) -> [X | X] end, L, lists:seq(1, 20)),
    io:format("~p~n", [[{erts_debug:size_shared(X), erts_debug:flat_size(X)}
                        || X <- [L, T, Deep, [T | T], a, 1, 1.0 * N, N bsl 70, [L, {N}]]]]),
    io:format("~p~n", [[erts_debug:size_shared(X) || X <- [[1, 2, 3], {a, "bc"}, #{a => [1]}]]]),
    B = {<<N:64>>, list_to_binary(lists:duplicate(N * 100, N))},
    io:format("~p~n", [{erts_debug:size_shared(B), erts_debug:size_shared([B, B])}]).
