%% Maps growing and shrinking over the border of 32 keys, with every type of key.
-module(map_border32).
-export([main/0, id/1]).

main() ->
    [io:format("~p~n", [grow(K)]) || K <- [fun(N) -> N end, fun(N) -> -N end, fun(N) -> N * 1.5 end, fun(N) -> {k, N} end, fun(N) -> [N] end, fun(N) -> integer_to_list(N) end,
        fun(N) -> <<N>> end, fun(N) -> N bsl 60 end, fun(N) -> #{n => N} end, fun(N) -> list_to_atom("key_" ++ integer_to_list(N)) end, fun(N) -> <<N:7>> end, fun(N) -> {[N], {N}} end]],
    M33 = from(33), M32 = maps:remove(33, M33), M31 = maps:remove(32, M32),
    io:format("~w~n", [M32]),
    io:format("~w~n", [M31]),
    io:format("~p~n", [{M32 =:= from(32), M32 == from(32), maps:put(33, 33, M32) =:= M33, erlang:phash2(M32) =:= erlang:phash2(from(32))}]),
    io:format("~p~n", [maps:keys(from(32)) =:= lists:seq(1, 32)]),
    io:format("~w~n", [maps:to_list(from(32))]),
    Mixed = maps:from_list([{K, 1} || K <- [a, 1, 1.0, "s", {t}, <<"b">>, [], #{}, 1 bsl 70, -1, true, <<1:1>>]]),
    io:format("~w~n", [Mixed]),
    io:format("~w~n", [maps:keys(Mixed)]),
    Down = lists:foldl(fun(N, M) -> maps:remove(N, M) end, from(1000), lists:seq(11, 1000)),
    io:format("~w ~p~n", [Down, Down =:= from(10)]),
    ok.

id(X) -> X.
from(N) -> maps:from_list([{X, X} || X <- lists:seq(1, N)]).
grow(F) ->
    M = lists:foldl(fun(N, A) -> A#{F(N) => N} end, #{}, lists:seq(1, 40)),
    Sizes = [map_size(lists:foldl(fun(N, A) -> maps:remove(F(N), A) end, M, lists:seq(1, D))) || D <- [0, 7, 8, 9, 39, 40]],
    {map_size(M), Sizes, lists:all(fun(N) -> maps:get(F(N), M) =:= N end, lists:seq(1, 40)), maps:find(F(41), M)}.
