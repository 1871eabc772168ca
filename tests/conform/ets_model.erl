%% ets: a long run of operations on tables of all kinds: every answer, and in the end every table.
-module(ets_model).
-export([main/0]).

main() ->
    [begin
         Tabs = [ets:new(t, [Type, {keypos, K} | O]) || K <- [1, 2], O <- [[], [private], [compressed, public]]],
         H = run(3000, {Type, Tabs}, 17, 0),
         p({Type, H, [{ets:info(T, size), erlang:phash2(s(bag, ets:tab2list(T)))} || T <- Tabs]})
     end || Type <- [set, ordered_set, bag, duplicate_bag]].

run(0, _, _, H) -> H;
run(N, {Type, Tabs} = TT, S0, H) ->
    {Op, S1} = r(22, S0), {A, S2} = r(60, S1), {B, S3} = r(4, S2), {C, S4} = r(length(Tabs), S3),
    T = lists:nth(C + 1, Tabs),
    R = try op(Op, Type, T, key(A), val(B), A) catch error:E -> {error, E} end,
    run(N - 1, TT, S4, erlang:phash2({H, R})).

r(M, S) -> S1 = (S * 1103515245 + 12345) band 16#7FFFFFFF, {(S1 bsr 8) rem M, S1}.

key(N) when N < 20 -> N;
key(N) when N < 30 -> float(N - 20);
key(N) when N < 40 -> {k, N, "str"};
key(N) when N < 45 -> list_to_binary(integer_to_list(N));
key(N) when N < 50 -> binary:copy(<<N>>, 70 + N);
key(N) when N < 55 -> [N, a];
key(N) -> element(N - 54, {a, b, #{x => 1}, 1 bsl 70, self_, false}).

val(0) -> x;
val(1) -> {nested, [1, 2.5, "three"], #{four => <<4>>}};
val(2) -> binary:copy(<<"v">>, 100);
val(3) -> 7.

obj(K, V, A) -> {K, K, V, A rem 3, A}.

op(N, _, T, K, V, A) when N < 6 -> ets:insert(T, obj(K, V, A));
op(6, _, T, K, V, A) -> ets:insert_new(T, [obj(K, V, A), obj(key((A * 7) rem 60), V, A)]);
op(7, Type, T, K, _, _) -> s(Type, ets:lookup(T, K));
op(8, Type, T, K, _, _) -> s(Type, ets:take(T, K));
op(9, _, T, K, _, _) -> ets:delete(T, K);
op(10, _, T, K, V, A) -> ets:delete_object(T, obj(K, V, A));
op(11, _, T, K, _, _) -> ets:member(T, K);
op(12, _, T, K, _, A) -> ets:update_counter(T, K, {5, A});
op(13, _, T, K, V, _) -> ets:update_element(T, K, [{3, V}, {4, new}]);
op(14, _, T, K, _, A) -> ets:update_counter(T, K, [{5, A, 100, 0}, {5, 1}], {d, d, v, 0, 5});
op(15, _, T, _, _, A) -> s(bag, ets:match(T, {'_', '$1', '$2', A rem 3, '_'}));
op(16, Type, T, K, _, _) -> s(Type, ets:match_object(T, {K, '_', '_', '_', '_'}));
op(17, _, T, _, _, A) -> s(bag, ets:select(T, [{{'$1', '_', '_', '$2', '$3'}, [{'>', '$3', A}, {'=/=', '$2', 1}], [{{'$1', '$3'}}]}]));
op(18, _, T, _, V, A) -> ets:select_delete(T, [{{'_', '_', V, A rem 3, '$1'}, [{'<', '$1', A}], [true]}]);
op(19, _, T, _, _, A) -> ets:select_count(T, [{{'_', '_', '_', '_', '$1'}, [{'==', '$1', A}], [true]}]);
op(20, set, T, _, V, A) -> ets:select_replace(T, [{{'$1', '$2', '_', A rem 3, '$3'}, [{is_integer, '$1'}], [{{'$1', '$2', {const, V}, new, '$3'}}]}]);
op(20, ordered_set, T, _, _, _) -> [ets:first(T), ets:last(T), ets:next(T, 5), ets:prev(T, 5), ets:next(T, 12.5), ets:prev(T, {k, 33, "str"})];
op(20, _, T, K, _, _) -> length(ets:lookup_element(T, K, 3));
op(21, _, T, _, _, A) when A < 3 -> ets:delete_all_objects(T);
op(21, _, T, _, _, A) -> fixed(T, A), ets:info(T, size).

%% Deletes and inserts on the way through a fixed table.
fixed(T, A) ->
    ets:safe_fixtable(T, true),
    walk(T, ets:first(T), A),
    ets:safe_fixtable(T, false).

walk(_, '$end_of_table', _) -> ok;
walk(T, K, A) ->
    erlang:phash2(K) rem 5 =:= A rem 5 andalso ets:delete(T, K),
    erlang:phash2(K) rem 10 =:= A rem 10 andalso ets:insert(T, obj(K, x, A)),
    walk(T, ets:next(T, K), A).

s(ordered_set, L) -> L;
s(_, L) -> lists:sort([{erlang:phash2(X), X} || X <- L]). % 1 and 1.0 would not be told apart

p(X) -> io:format("~p~n", [X]).
