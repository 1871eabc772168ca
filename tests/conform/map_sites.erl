%% One place in the source that maps of many kinds come by: updates, additions and reads there.
-module(map_sites).
-export([main/0]).

main() ->
    Maps = [#{}, #{a => 1}, #{b => 2}, #{a => 1, b => 2}, #{b => 2, a => 3, c => 4}, #{1 => x, <<"k">> => y, a => 9},
            maps:from_list([{K, K} || K <- lists:seq(1, 31)]), maps:from_list([{K, K} || K <- lists:seq(1, 32)]),
            maps:from_list([{K, K} || K <- lists:seq(1, 40)]), maps:from_list([{a, 0}, {z, 1}]), not_a_map],
    [run(Maps ++ Extra) || Extra <- [[], lists:reverse(Maps), Maps]],
    run(lists:reverse(Maps)),
    many(2000, #{id => 0}),
    io:format("~p~n", [show(lists:foldl(fun(K, M) -> grow(K, M) end, #{}, lists:seq(1, 100)))]).

run(Maps) ->
    [io:format("~p~n", [[try show(F(M)) catch C:R -> {C, show(R)} end || F <- [fun add/1, fun exact/1, fun both/1, fun read/1, fun has/1,
                                                                  fun odd/1, fun new/1]]]) || M <- Maps].

%% (Atoms stand in an order of their own in large maps.)
show(M) when map_size(M) > 32 -> {large, lists:sort(maps:to_list(M))};
show(M) when is_map(M) -> maps:map(fun(_, V) -> show(V) end, M);
show(T) when is_tuple(T) -> list_to_tuple([show(E) || E <- tuple_to_list(T)]);
show(T) -> T.

add(M) -> M#{b => new, d => newer}.
exact(M) -> M#{a := one, b := two}.
both(M) -> N = M#{a => x}, N#{a := y, 1 => z}.
read(#{a := A, b := B}) -> {A, B};
read(#{a := A}) -> {a, A};
read(#{b := B}) -> {b, B};
read(#{}) -> none.
has(M) -> [is_map_key(a, M), maps:get(b, M, no), case M of #{d := _} -> d; _ -> nod end].
odd(M) -> M#{1.0 => float, 1 => int, <<"k">> => bin, {t} => tuple, [] => nil}.
new(M) -> #{z => M, a => 1, <<"b">> => 2, 3 => 4, [] => 5}.

many(0, M) -> io:format("~p~n", [M]);
many(N, #{id := I} = M) when N rem 3 =:= 0 -> many(N - 1, M#{id := I + N, three => N});
many(N, #{id := I, three := T} = M) -> many(N - 1, maps:remove(three, M#{id := I + T, other => N}));
many(N, #{id := I} = M) -> many(N - 1, M#{id := I - 1, last => {N, I}}).

grow(K, M) when K rem 2 =:= 0 -> (M#{even => K})#{K => even};
grow(K, M) -> M#{odd => K, {odd, K} => K}.
