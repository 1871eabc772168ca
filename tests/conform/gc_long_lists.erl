%% Lists of millions of cells built, mapped, filtered, sorted and thrown away.
%% conform: no-stress
-module(gc_long_lists).
-export([main/0, id/1]).

main() ->
    L = lists:seq(1, 1000000),
    io:format("~p ~p~n", [length(L), lists:sum(L)]),
    M = [X * 3 || X <- L, X rem 2 =:= 0],
    io:format("~p ~p~n", [length(M), lists:last(M)]),
    R = lists:reverse(L),
    io:format("~p~n", [hd(R)]),
    S = lists:sort(R),
    io:format("~p~n", [S =:= L]),
    Z = lists:zip(L, R),
    io:format("~p~n", [lists:nth(500000, Z)]),
    F = lists:foldl(fun({A, B}, N) -> N + A * B rem 7 end, 0, Z),
    io:format("~p~n", [F]),
    B = list_to_binary([X band 255 || X <- L]),
    io:format("~p ~p~n", [byte_size(B), erlang:crc32(B)]),
    T = list_to_tuple(lists:sublist(L, 100000)),
    io:format("~p ~p~n", [tuple_size(T), element(99999, T)]),
    ok.

id(X) -> X.
