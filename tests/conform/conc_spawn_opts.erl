%% options of spawn_opt as process_info shows them
-module(conc_spawn_opts).
-export([main/0]).

main() ->
    io:format("~p~n", [[{P, info([{priority, P}], priority)} || P <- [low, normal, high, max]]]),
    io:format("~p~n", [[info([{message_queue_data, D}], message_queue_data) || D <- [on_heap, off_heap]]]),
    io:format("~p~n", [[element(2, lists:keyfind(fullsweep_after, 1, element(2, info([{fullsweep_after, N}], garbage_collection)))) || N <- [0, 7, 65535]]]),
    io:format("~p~n", [[element(2, info([{min_heap_size, N}], total_heap_size)) >= N || N <- [0, 500, 5000]]]),
    io:format("~p~n", [[maps:get(size, element(2, lists:keyfind(max_heap_size, 1, element(2, info([{max_heap_size, N}], garbage_collection))))) || N <- [0, 500000, #{size => 700000, kill => false}]]]),
    io:format("~p~n", [info([{max_heap_size, #{size => 700000, kill => false, error_logger => false}}], garbage_collection_max)]),
    Me = self(),
    io:format("~p~n", [element(2, info([link], links)) =:= [Me]]),
    io:format("~p~n", [element(2, info([], links))]),
    io:format("~p~n", [info([link, {priority, low}, {priority, high}], priority)]).

info(Opts, garbage_collection_max) -> maps:to_list(element(2, lists:keyfind(max_heap_size, 1, element(2, info(Opts, garbage_collection)))));
info(Opts, Item) ->
    P = case spawn_opt(fun() -> receive stop -> ok end end, Opts) of {P0, _} -> P0; P0 -> P0 end,
    X = process_info(P, Item),
    P ! stop,
    X.
