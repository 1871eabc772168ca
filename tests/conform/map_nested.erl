%% Nested maps updated, read and compared in loops; maps as keys and values of one another.
-module(map_nested).
-export([main/0, id/1]).

main() ->
    M = lists:foldl(fun(N, A) -> put_in([N rem 3, N rem 5, N rem 7], N, A) end, #{}, lists:seq(1, 300)),
    io:format("~p~n", [get_in([1, 2, 3], M)]), io:format("~p~n", [get_in([9], M)]),
    io:format("~p~n", [maps:map(fun(_, V) -> map_size(V) end, M)]),
    io:format("~p~n", [lists:sum([V || A <- maps:values(M), B <- maps:values(A), V <- maps:values(B)])]),
    K = #{#{a => 1} => x, #{b => #{c => []}} => y, #{} => z},
    io:format("~p~n", [{maps:get(#{a => id(1)}, K), maps:get(#{b => #{c => id([])}}, K), maps:get(id(#{}), K), maps:find(#{a => 1.0}, K)}]),
    Big = maps:from_list([{#{k => N, s => integer_to_list(N)}, N} || N <- lists:seq(1, 200)]),
    io:format("~p~n", [[maps:get(#{s => integer_to_list(N), k => N}, Big) || N <- [1, 77, 200]]]),
    io:format("~p~n", [counter("the quick brown fox jumps over the lazy dog")]),
    G = lists:foldl(fun({A, B}, X) -> maps:update_with(A, fun(S) -> S#{B => true} end, #{B => true}, X) end, #{}, [{a, b}, {b, c}, {c, a}, {a, c}, {d, a}]),
    io:format("~p~n", [G]), io:format("~p~n", [lists:sort(reach([d], G, #{}))]),
    ok.

id(X) -> X.
put_in([K], V, M) -> M#{K => V};
put_in([K | Ks], V, M) -> case M of #{K := S} -> M#{K := put_in(Ks, V, S)}; #{} -> M#{K => put_in(Ks, V, #{})} end.
get_in([], V) -> V;
get_in([K | Ks], M) -> case M of #{K := S} -> get_in(Ks, S); #{} -> none end.
counter(S) -> lists:foldl(fun(C, M) -> M#{C => maps:get(C, M, 0) + 1} end, #{}, S).
reach([], _, Seen) -> maps:keys(Seen);
reach([V | Vs], G, Seen) when is_map_key(V, Seen) -> reach(Vs, G, Seen);
reach([V | Vs], G, Seen) -> reach(maps:keys(maps:get(V, G, #{})) ++ Vs, G, Seen#{V => true}).
