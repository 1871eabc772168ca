%% ets: tables of many objects: walks in slices, changes during walks, continuations, what others do meanwhile.
-module(ets_large).
-export([main/0]).
-define(N, 30000).

main() ->
    [begin
         T = fill(Type),
         p({Type, ets:info(T, size), sum(ets:tab2list(T)), ets:select_count(T, [{{'$1', '_', '_'}, [{'<', '$1', 1000}], [true]}])}),
         p({length(ets:match(T, {'_', 7, '$1'})), sum(ets:select(T, [{{'$1', 3, '_'}, [{'=:=', {'rem', '$1', 2}, 1}], ['$_']}]))}),
         p(chunks(ets:select(T, [{{'$1', '_', '_'}, [{'>', '$1', ?N div 2}], ['$_']}], 1000), 0, 0)),
         p(chunks(ets:match_object(T, {'_', 5, '_'}, 7), 0, 0)),
         p({ets:select_delete(T, [{{'$1', '_', '_'}, [{'=:=', {'rem', '$1', 3}, 0}], [true]}]), ets:info(T, size), sum(ets:tab2list(T))}),
         Type =:= set andalso p({ets:select_replace(T, [{{'$1', 1, '$2'}, [], [{{'$1', 100, '$2'}}]}]), length(ets:match(T, {'$1', 100, '_'})), ets:info(T, size)}),
         p(traverse(T, Type)),
         p(ets:foldl(fun({K, _, _}, A) -> K + A end, 0, T) =:= ets:foldr(fun({K, _, _}, A) -> K + A end, 0, T)),
         p({ets:delete_all_objects(T), ets:info(T, size), ets:first(T), ets:insert(T, {1, 2, 3}), ets:tab2list(T)}),
         ets:delete(T)
     end || Type <- [set, ordered_set, bag, duplicate_bag]],
    ordered(),
    order_of_bags(),
    meanwhile(),
    gone(),
    ok.

fill(Type) ->
    T = ets:new(t, [Type, public]),
    ets:insert(T, [{I, I rem 11, {[I], integer_to_binary(I)}} || I <- lists:seq(1, ?N div 2)]),
    [ets:insert(T, {I, I rem 11, "text"}) || I <- lists:seq(?N div 2 + 1, ?N)],
    T.

sum(L) -> lists:sum([element(1, X) || X <- L]).

chunks('$end_of_table', N, S) -> {N, S};
chunks({L, C}, N, S) -> chunks(ets:select(C), N + length(L), S + sum(L)).

%% While the table is fixed, all that is there from the beginning to the end is met once.
traverse(T, Type) ->
    ets:safe_fixtable(T, true),
    Met = step(T, ets:first(T), 0, []),
    ets:safe_fixtable(T, false),
    {length(Met), length(lists:usort(Met)), Type =/= ordered_set orelse lists:reverse(Met) =:= lists:sort(Met), ets:info(T, size)}.

step(_, '$end_of_table', _, Met) -> Met;
step(T, K, N, Met) ->
    case N rem 4 of
        0 -> ets:delete(T, K);
        1 -> ets:insert(T, {-K, x, y}), ets:delete(T, -K);
        _ -> ok
    end,
    step(T, ets:next(T, K), N + 1, [K | Met]).

ordered() ->
    T = ets:new(o, [ordered_set]),
    [ets:insert(T, {{A, B, [C, d]}, C}) || A <- [x, y, z, 1, 2.5], B <- lists:seq(1, 20), C <- lists:seq(1, 10)],
    p({ets:info(T, size), ets:select_count(T, [{{{y, 3, '_'}, '$1'}, [], [true]}]), length(ets:match_object(T, {{y, '_', [2, '_']}, '_'})), ets:match(T, {{z, 20, ['$1' | '_']}, 10})}),
    p([length(ets:match(T, {{K, '_', '$1'}, '_'})) || K <- [x, 1, 1.0, 2.5, w, 2]]),
    p(ets:select(T, [{{{y, 7, ['$1', d]}, '_'}, [{'>', '$1', 7}], ['$1']}])),
    p(ets:select_reverse(T, [{{{y, 7, ['$1', d]}, '_'}, [{'>', '$1', 7}], ['$1']}])),
    {L, C} = ets:select_reverse(T, [{{{y, '$1', ['$2' | '_']}, '_'}, [], [{{'$1', '$2'}}]}], 3),
    {L2, C2} = ets:select_reverse(C),
    p({L, L2, element(1, ets:select_reverse(C2)), chunk_count(C2, 0)}),
    p({ets:select_delete(T, [{{{y, '_', '_'}, '_'}, [], [true]}]), ets:info(T, size), ets:next(T, y), ets:prev(T, {y, 1, []}), ets:next(T, {y, 50, []})}),
    F = ets:new(f, [ordered_set]),
    ets:insert(F, [{1, int}, {1.0, float}, {2.0, float}]),
    p({ets:tab2list(F), ets:lookup(F, 1), ets:lookup(F, 2), ets:member(F, 2), ets:match(F, {1, '$1'}), ets:match(F, {1.0, '$1'}), ets:delete(F, 1), ets:tab2list(F)}),
    p([ets:slot(F, I) || I <- [0, 1]]).

chunk_count('$end_of_table', N) -> N;
chunk_count(C, N) -> case ets:select_reverse(C) of {L, C1} -> chunk_count(C1, N + length(L)); '$end_of_table' -> N end.

order_of_bags() ->
    [begin
         B = ets:new(b, [Type]),
         [ets:insert(B, {k, X}) || X <- [c, a, b, a, d]],
         ets:insert(B, [{k, z}, {l, 1}, {k, y}]),
         p({ets:lookup(B, k), ets:lookup_element(B, k, 2), ets:delete_object(B, {k, a}), ets:lookup(B, k), ets:take(B, k), ets:tab2list(B)})
     end || Type <- [bag, duplicate_bag]].

%% Others put in and take out while a walk is under way: what stays is seen once.
meanwhile() ->
    Me = self(),
    [begin
         T = ets:new(m, [Type, public]),
         ets:insert(T, [{{stay, I}, I} || I <- lists:seq(1, 5000)]),
         P = spawn(fun() -> churn(T, 0), Me ! {self(), done} end),
         R = [length(lists:usort(L)) =:= 5000 andalso length(L) =:= 5000 || _ <- lists:seq(1, 5), L <- [ets:select(T, [{{{stay, '$1'}, '_'}, [], ['$1']}])]],
         P ! stop,
         receive {P, done} -> ok end,
         p({Type, R, ets:select_count(T, [{{{stay, '_'}, '_'}, [], [true]}])})
     end || Type <- [set, ordered_set]].

churn(T, N) ->
    [ets:insert(T, {{come, N, I}, x}) || I <- lists:seq(1, 20)],
    [ets:delete(T, {come, N, I}) || I <- lists:seq(1, 20)],
    receive stop -> ok after 0 -> churn(T, N + 1) end.

%% A table that is deleted under a walk.
gone() ->
    T = ets:new(g, [public, ordered_set]),
    ets:insert(T, [{I} || I <- lists:seq(1, 100)]),
    {_, C} = ets:select(T, [{'_', [], ['$_']}], 10),
    ets:delete(T),
    p(try ets:select(C) catch error:R -> R end),
    N = ets:new(named, [named_table]),
    ets:insert(N, [{I, x} || I <- lists:seq(1, 5)]),
    {L, C2} = ets:select(N, [{{'$1', x}, [], ['$1']}], 3),
    ets:rename(N, renamed),
    {L2, C3} = ets:select(C2),
    p({lists:sort(L ++ L2), C3}),
    ets:delete(renamed),
    ets:new(named, [named_table]),
    p(try ets:select(C2) catch error:R2 -> R2 end).

p(X) -> io:format("~p~n", [X]).
