%% A hundred thousand keys: insert, look up, update, remove, iterate, merge, compare.
%% conform: no-stress
-module(map_large).
-export([main/0, id/1]).

main() ->
    N = 100000,
    M = fill(N, #{}),
    io:format("~p~n", [map_size(M)]),
    io:format("~p~n", [lookup(N, M, 0)]),
    M2 = lists:foldl(fun(K, A) -> A#{K := updated} end, M, lists:seq(1, N, 7)),
    io:format("~p~n", [length([V || V <- maps:values(M2), V =:= updated])]),
    M3 = lists:foldl(fun maps:remove/2, M, lists:seq(1, N, 2)),
    io:format("~p ~p ~p~n", [map_size(M3), maps:is_key(1, M3), maps:is_key(2, M3)]),
    io:format("~p~n", [maps:fold(fun(K, _, A) -> A + K end, 0, M)]),
    io:format("~p~n", [map_size(maps:merge(M2, M3))]),
    io:format("~p~n", [fill(N, #{}) =:= M]),
    io:format("~p~n", [M =:= M2]),
    T = term_to_binary(M),
    io:format("~p~n", [binary_to_term(T) =:= M]),
    W = words(50000, #{}),
    io:format("~p ~p~n", [map_size(W), maps:get(<<"w77">>, W)]),
    S = strings(20000, #{}),
    io:format("~p ~p~n", [map_size(S), maps:get("key777", S)]),
    ok.

id(X) -> X.
fill(0, M) -> M;
fill(N, M) -> fill(N - 1, M#{N => {N}}).
lookup(0, _, S) -> S;
lookup(N, M, S) -> #{N := {V}} = M, lookup(N - 1, M, S + V).
words(0, M) -> M;
words(N, M) -> words(N - 1, maps:update_with(iolist_to_binary(["w", integer_to_list(N rem 5000)]), fun(C) -> C + 1 end, 1, M)).
strings(0, M) -> M;
strings(N, M) -> strings(N - 1, M#{"key" ++ integer_to_list(N) => N}).
