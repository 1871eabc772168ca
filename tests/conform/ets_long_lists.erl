%% Lists that are long: put in as a whole, and answered in parts.
-module(ets_long_lists).
-export([main/0]).

main() ->
    [one(Type, Options) || Type <- [set, ordered_set, bag, duplicate_bag],
                           Options <- [[], [{write_concurrency, true}]]].

one(Type, Options) ->
    T = ets:new(t, [Type, public | Options]),
    L = [{N, {N, Type}} || N <- lists:seq(1, 60000)],
    true = ets:insert(T, L),
    false = ets:insert_new(T, L),
    io:format("~w ~w ~w~n", [Type, Options, ets:info(T, size)]),
    io:format("~w~n", [ets:lookup(T, 59999)]),
    {Half, C} = ets:select(T, [{{'$1', '_'}, [], ['$1']}], 40000),
    {Rest, C1} = ets:select(C),
    End = case C1 of '$end_of_table' -> C1; _ -> ets:select(C1) end,
    io:format("~w ~w ~w~n", [length(Half), length(Rest), End]),
    io:format("~w~n", [lists:sort(Half ++ Rest) =:= lists:seq(1, 60000)]),
    true = ets:delete_all_objects(T),
    true = ets:insert_new(T, [{same, N} || N <- lists:seq(1, 3000)]),
    io:format("~w~n", [erlang:phash2(ets:lookup(T, same))]).
