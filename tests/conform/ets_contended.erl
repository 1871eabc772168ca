%% Many processes on one table, of each type and each option: what comes out is the same however
%% they are run.
-module(ets_contended).
-export([main/0]).

-define(PROCESSES, 6).

main() ->
    [one(Type, Options) || Type <- [set, ordered_set, bag, duplicate_bag], Options <- options()].

options() ->
    [[], [{write_concurrency, true}], [{write_concurrency, auto}], [{read_concurrency, true}],
     [{read_concurrency, true}, {write_concurrency, true}, {decentralized_counters, true}]].

one(Type, Options) ->
    R = [{Name, test(Name, ets:new(t, [Type, public | Options]), Type)}
         || Name <- [counters, inserts, deletes, batches, moves, walks, fixed, takes, ends]],
    io:format("~w ~w~n  ~w~n", [Type, Options, R]).

is_set(T) -> T =:= set orelse T =:= ordered_set.

%% Runs F(1..N) at once; their answers in order.
at_once(N, F) ->
    Me = self(),
    Pids = [spawn_link(fun() -> receive go -> Me ! {self(), F(I)} end end) || I <- lists:seq(1, N)],
    [P ! go || P <- Pids],
    [receive {P, A} -> A end || P <- Pids].

test(counters, T, Type) ->
    Count = fun(I) when Type =:= set; Type =:= ordered_set ->
                    [ets:update_counter(T, (I * K) rem 7, {2, 1}, {x, 0}) || K <- lists:seq(1, 300)],
                    ets:update_counter(T, all, [{2, 1}, {3, I}], {all, 0, 0});
               (I) ->
                    [ets:insert(T, {(I * K) rem 7, {I, K}}) || K <- lists:seq(1, 300)]
            end,
    at_once(?PROCESSES, Count),
    case is_set(Type) of
        true ->
            {lists:sum([N || {K, N} <- ets:tab2list(T), K =/= all]), ets:lookup(T, all)};
        false ->
            {ets:info(T, size), [length(ets:lookup(T, K)) || K <- lists:seq(0, 6)]}
    end;
test(inserts, T, _) -> % keys apart and keys shared
    at_once(?PROCESSES, fun(I) ->
        [ets:insert(T, {{I, K}, K}) || K <- lists:seq(1, 200)],
        [ets:insert(T, {K, same}) || K <- lists:seq(1, 200)],
        lists:all(fun(K) -> ets:lookup(T, {I, K}) =:= [{{I, K}, K}] end, lists:seq(1, 200))
    end) ++ [ets:info(T, size), length(ets:match_object(T, {'_', same})),
             lists:sum(ets:select(T, [{{{'_', '_'}, '$1'}, [], ['$1']}]))];
test(deletes, T, _) -> % each deletes its own, one way or another
    ets:insert(T, [{{I, K}, K} || I <- lists:seq(1, ?PROCESSES), K <- lists:seq(1, 200)]),
    at_once(?PROCESSES, fun(I) when I rem 3 =:= 0 ->
            [ets:delete(T, {I, K}) || K <- lists:seq(1, 199)], ok;
        (I) when I rem 3 =:= 1 ->
            ets:select_delete(T, [{{{I, '_'}, '$1'}, [{'<', '$1', 200}], [true]}]);
        (I) ->
            [ets:delete_object(T, {{I, K}, K}) || K <- lists:seq(1, 199)], ok
    end) ++ [lists:sort(ets:tab2list(T)), ets:info(T, size)];
test(batches, T, Type) -> % a list goes in as a whole, or not at all
    News = at_once(?PROCESSES, fun(I) ->
        [N || N <- lists:seq(1, 60), ets:insert_new(T, [{{N, K}, I} || K <- [a, b, c, d]])]
    end),
    Whole = [length(lists:usort([V || K <- [a, b, c, d], {_, V} <- ets:lookup(T, {N, K})]))
             || N <- lists:seq(1, 60)],
    {lists:sort(lists:append(News)) =:= lists:seq(1, 60), lists:usort(Whole), ets:info(T, size),
     is_set(Type) orelse length(ets:lookup(T, {1, a}))};
test(moves, T, Type) -> % what is replaced in one go is always there
    ets:insert(T, [{K, 0} || K <- lists:seq(1, 50)]),
    at_once(?PROCESSES, fun(I) when I rem 2 =:= 0 ->
            case is_set(Type) of
                true -> [ets:insert(T, [{K, I} || K <- lists:seq(1, 50)]) || _ <- lists:seq(1, 20)];
                false -> [ets:insert(T, {I, K}) || K <- lists:seq(1, 50)]
            end,
            true;
        (_) ->
            lists:all(fun(K) -> ets:lookup(T, K rem 50 + 1) =/= [] end, lists:seq(1, 1000))
    end) ++ [ets:select_count(T, [{{'$1', '_'}, [], [true]}]) >= 50];
test(walks, T, _) -> % what stays is seen once, however much comes and goes beside it
    ets:insert(T, [{{stays, K}, K} || K <- lists:seq(1, 300)]),
    at_once(?PROCESSES, fun(I) when I rem 2 =:= 0 ->
            [begin ets:insert(T, {{goes, I, K}, K}), ets:delete(T, {goes, I, K - 5}) end
             || K <- lists:seq(1, 400)], ok;
        (1) ->
            lists:usort([lists:sort(ets:select(T, [{{{stays, '_'}, '$1'}, [], ['$1']}]))
                         =:= lists:seq(1, 300) || _ <- lists:seq(1, 10)]);
        (3) ->
            ets:safe_fixtable(T, true),
            Seen = [in_parts(ets:select(T, [{{{stays, '_'}, '$1'}, [], ['$1']}], 17), [])
                    || _ <- lists:seq(1, 10)],
            ets:safe_fixtable(T, false),
            lists:usort(Seen);
        (_) ->
            lists:usort([ets:select_count(T, [{{{stays, '_'}, '_'}, [], [true]}])
                         || _ <- lists:seq(1, 10)])
    end);
test(fixed, T, _) -> % a fixed table can be stepped through, also over what is deleted
    ets:insert(T, [{K, K} || K <- lists:seq(1, 400)]),
    at_once(?PROCESSES, fun(I) when I rem 2 =:= 0 ->
            [ets:delete(T, K) || K <- lists:seq(I, 400, 4)],
            [ets:insert(T, {{I, K}, K}) || K <- lists:seq(1, 400)], ok;
        (_) ->
            ets:safe_fixtable(T, true),
            Odd = lists:sort([K || K <- steps(T, ets:first(T)), is_integer(K), K rem 2 =:= 1]),
            ets:safe_fixtable(T, false),
            Odd =:= lists:seq(1, 400, 2)
    end) ++ [ets:info(T, size), ets:info(T, safe_fixed), ets:info(T, fixed)];
test(takes, T, _) -> % each object is taken by one
    ets:insert(T, [{K, K} || K <- lists:seq(1, 500)]),
    Taken = at_once(?PROCESSES, fun(_) -> [ets:take(T, K) || K <- lists:seq(1, 500)] end),
    {lists:sort(lists:append(lists:append(Taken))) =:= [{K, K} || K <- lists:seq(1, 500)],
     ets:info(T, size)};
test(ends, T, _) -> % a table that is deleted under way is there or is not
    Me = self(),
    Users = [spawn_link(fun() -> Me ! {self(), use(T, K)} end) || K <- lists:seq(1, ?PROCESSES)],
    ets:delete(T),
    [receive {P, A} -> A end || P <- Users].

in_parts('$end_of_table', Got) -> lists:sort(Got) =:= lists:seq(1, 300);
in_parts({L, C}, Got) -> in_parts(ets:select(C), L ++ Got).

steps(_, '$end_of_table') -> [];
steps(T, K) -> [K | steps(T, ets:next(T, K))].

use(T, N) ->
    try
        ets:insert(T, {N, N}), ets:insert(T, [{N, 1}, {x, 2}]), ets:lookup(T, N), ets:tab2list(T),
        ets:first(T), ets:delete(T, N), use(T, N)
    catch error:badarg -> gone
    end.
