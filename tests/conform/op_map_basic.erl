%% Map construction and reading: literals, computed keys, matching, sizes around the 32-key border.
-module(op_map_basic).
-export([main/0, id/1]).

main() ->
    K = id(key),
    M = #{a => 1, K => id(2), 3 => three, "s" => [], {t, 1} => u, 1.5 => f, <<"b">> => b},
    erlang:display(map_size(M)),
    erlang:display([map_get(X, M) || X <- [a, key, 3, "s", {t, 1}, 1.5, <<"b">>]]),
    #{a := A, key := B} = M,
    erlang:display({A, B}),
    KT = {t, id(1)},
    #{K := B2, KT := C} = M,
    erlang:display({B2, C}),
    erlang:display(#{}),
    erlang:display(#{z => 1, y => 2, x => #{w => 3}}),
    erlang:display([get(X, M) || X <- [a, b, 3, 3.0, 1.5, "s", "t"]]),
    erlang:display([is_map_key(X, M) || X <- [a, b, 3, 3.0]]),
    erlang:display(#{1 => int, 1.0 => float}),
    erlang:display(map_size(#{id(1) => int, id(1.0) => float})),
    erlang:display(#{id(a) => 1, id(a) => 2}),
    Sizes = [map_size(build(N, #{})) || N <- [0, 1, 2, 8, 31, 32, 33, 34, 64, 100, 1000]],
    erlang:display(Sizes),
    [begin M1 = build(N, #{}), erlang:display({N, sum(N, M1, 0), map_get(N, M1), maps_get(N + 1, M1)}) end || N <- [1, 31, 32, 33, 34, 500]],
    erlang:display(try map_get(zz, M) catch error:R -> R end),
    erlang:display(try map_get(zz, id([])) catch error:R2 -> R2 end),
    erlang:display(try map_size(id({})) catch error:R3 -> R3 end),
    erlang:display(case id(M) of #{nokey := _} -> yes; #{a := 2} -> two; #{a := 1, 3 := Th} -> Th end),
    erlang:display({is_map(M), is_map(id([])), id(M) =:= M, id(M) == M}),
    ok.

id(X) -> X.

get(K, M) ->
    case M of
        #{K := V} -> {found, V};
        _ -> none
    end.

maps_get(K, M) when is_map_key(K, M) -> map_get(K, M);
maps_get(_, _) -> none.

build(0, M) -> M;
build(N, M) -> build(N - 1, M#{N => N * N}).

sum(0, _, S) -> S;
sum(N, M, S) ->
    #{N := V} = M,
    sum(N - 1, M, S + V).
