%% Objects that take the place of others of their key: of the same size, of another, with terms that
%% lie elsewhere, keys that are equal but not the same, fixed tables.
-module(ets_rewrite).
-export([main/0]).

main() ->
    [io:format("~p ~p~n", [Type, rewritten(Type)]) || Type <- [set, ordered_set, bag, duplicate_bag]],
    io:format("~p~n", [[keys(Type) || Type <- [set, ordered_set]]]),
    io:format("~p~n", [[updates(Type) || Type <- [set, ordered_set]]]),
    io:format("~p~n", [[fixed(Type) || Type <- [set, ordered_set]]]),
    io:format("~p~n", [[memory(Type) || Type <- [set, ordered_set]]]),
    io:format("~p~n", [readers()]).

values() ->
    [a, 1, -1, [], {}, 1.5, 1 bsl 70, "text", <<"bytes">>, binary:copy(<<"long">>, 50), {a, b}, #{k => v}, self(),
     make_ref(), fun values/0].

rewritten(Type) ->
    T = ets:new(t, [Type]),
    Objects = [list_to_tuple([K | Vs]) || K <- [1, k, {k}, "k"], Vs <- [[], [x], [y], [y, 2], [z, 3]]]
        ++ [{k, V} || V <- values()] ++ [{k, V} || V <- lists:reverse(values())]
        ++ [{k, V, W} || V <- values(), W <- [a, "w"]],
    Seen = [begin ets:insert(T, O), lists:member(O, ets:lookup(T, element(1, O))) end || O <- Objects],
    {lists:usort(Seen), ets:info(T, size), length(ets:lookup(T, k)), [tuple_size(O) || O <- lists:sort(ets:lookup(T, 1))]}.

keys(Type) ->
    T = ets:new(t, [Type]),
    ets:insert(T, [{I, int} || I <- lists:seq(1, 100)]),
    ets:insert(T, [{float(I), float} || I <- lists:seq(1, 50)]),
    ets:insert(T, {1.0, literal}),
    ets:insert(T, {60.0, literal}),
    ets:insert(T, {60, again}),
    {ets:info(T, size), [ets:lookup(T, K) || K <- [1, 1.0, 2, 2.0, 60, 60.0, 61]],
     [ets:next(T, K) || Type =:= ordered_set, K <- [0, 1, 59, 60, 60.5]],
     lists:sum([1 || {_, float} <- ets:tab2list(T)])}.

updates(Type) ->
    T = ets:new(t, [Type]),
    ets:insert(T, {k, 1, a}),
    R1 = [ets:update_counter(T, k, X) || X <- [1, 1 bsl 60, 1 bsl 70, -(1 bsl 70), {2, -7}]],
    R2 = [ets:update_element(T, k, X) || X <- [{3, b}, {3, "list"}, [{2, 0}, {3, c}], {3, d}]],
    {R1, R2, ets:lookup(T, k), ets:select_replace(T, [{{k, '$1', d}, [], [{{k, '$1', e}}]}]), ets:lookup(T, k)}.

fixed(Type) ->
    T = ets:new(t, [Type]),
    ets:insert(T, [{I, old} || I <- lists:seq(1, 200)]),
    ets:safe_fixtable(T, true),
    Walk = walk(T, ets:first(T), []),
    ets:safe_fixtable(T, false),
    {lists:sort(Walk) =:= lists:seq(1, 200), ets:info(T, size), lists:usort([V || {_, V} <- ets:tab2list(T)])}.

%% Each key is taken out and put back, its neighbours are put in anew.
walk(_, '$end_of_table', Seen) -> Seen;
walk(T, K, Seen) ->
    ets:delete(T, K),
    ets:insert(T, {K, back}),
    ets:insert(T, {K, new}),
    [ets:insert(T, {N, new}) || N <- [K - 1, K + 1], ets:member(T, N)],
    walk(T, ets:next(T, K), [K | Seen]).

memory(Type) ->
    T = ets:new(t, [Type]),
    ets:insert(T, {k, a}),
    Before = ets:info(T, memory),
    [ets:insert(T, {k, V}) || V <- values(), _ <- lists:seq(1, 10)],
    ets:insert(T, {k, b}),
    ets:info(T, memory) =:= Before.

%% Readers see whole objects only.
readers() ->
    T = ets:new(t, [public, {read_concurrency, true}, {write_concurrency, true}]),
    ets:insert(T, {k, 0, 0, 0}),
    Pids = [spawn_monitor(fun() -> exit(lists:usort([look(T) || _ <- lists:seq(1, 5000)])) end) || _ <- [1, 2]],
    [ets:insert(T, {k, I, I, I}) || I <- lists:seq(1, 20000)],
    [receive {'DOWN', Ref, _, _, Result} -> Result end || {_, Ref} <- Pids].

look(T) -> [{k, A, B, C}] = ets:lookup(T, k), {A =:= B, B =:= C}.
