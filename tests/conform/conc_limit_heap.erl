%% max_heap_size: by what heap, by the queue; with and without kill; what process_info says of it.
-module(conc_limit_heap).
-export([main/0]).

main() ->
    own(list, fun() -> grow([]) end),
    own(list_trapping, fun() -> process_flag(trap_exit, true), grow([]) end),
    own(binary_to_term, fun() -> L = binary_to_term(term_to_binary(lists:seq(1, 100000))),
                                 erlang:garbage_collect(), exit(length(L)) end),
    own(flag, fun() -> process_flag(max_heap_size, 300), grow([]) end),
    own(small_enough, fun() -> exit(length(lists:seq(1, 100))) end),
    queue(on_heap, killed),
    queue(off_heap, stop),
    no_kill(),
    sizes(on_heap),
    sizes(off_heap).

own(Name, Fun) ->
    {P, R} = spawn_opt(Fun, [monitor, limit(true)]),
    io:format("~p ~p~n", [Name, down(P, R)]).

limit(Kill) -> {max_heap_size, #{size => 20000, kill => Kill, error_logger => false}}.

grow(L) when length(L) > 100000 -> ok;
grow(L) -> grow([a, b, c, d, e, f, g, h | L]).

queue(Where, Expected) ->
    {P, R} = spawn_opt(fun() -> receive stop -> exit(stop) end end,
                       [monitor, limit(true), {message_queue_data, Where}]),
    [P ! lists:seq(1, 100) || _ <- lists:seq(1, 400)],
    {message_queue_len, _} = case process_info(P, message_queue_len) of
                                 undefined -> {message_queue_len, dead};
                                 X -> X
                             end,
    erlang:garbage_collect(P),
    erlang:garbage_collect(P),
    P ! stop,
    io:format("queue ~p ~p~n", [Where, down(P, R) =:= Expected]).

no_kill() ->
    {P, R} = spawn_opt(fun() -> grow([]), exit(lived) end, [monitor, limit(false)]),
    io:format("no_kill ~p~n", [down(P, R)]).

sizes(Where) ->
    P = spawn_opt(fun() -> receive stop -> ok end end, [{message_queue_data, Where}]),
    {total_heap_size, A} = process_info(P, total_heap_size),
    [P ! lists:seq(1, 100) || _ <- lists:seq(1, 100)],
    [{garbage_collection_info, I}, {total_heap_size, B}] =
        process_info(P, [garbage_collection_info, total_heap_size]),
    Get = fun(K) -> proplists:get_value(K, I) end,
    io:format("~p ~p ~p~n~p~n",
              [Where, B - A > 10000,
               B =:= Get(heap_block_size) + Get(old_heap_block_size) + Get(mbuf_size),
               [K || {K, _} <- I]]),
    P ! stop.

down(P, R) -> receive {'DOWN', R, process, P, Why} -> Why end.
