%% Built-ins that work in slices: while one goes on, its process is looked at, collected, sent to,
%% suspended and killed by others; errors at the end of long work look as those of short work.
%% conform: no-stress
-module(proc_slices).
-export([main/0]).

main() ->
    Big = lists:seq(1, 100000),
    Pairs = [{X, -X} || X <- Big],
    lists:foreach(fun(F) -> meanwhile(F) end,
        [fun() -> byte_size(term_to_binary(Pairs)) end,
         fun() -> length(binary_to_term(term_to_binary(Pairs, [compressed]))) end,
         fun() -> map_size(maps:merge(maps:from_list(Pairs), maps:from_keys(Big, a))) end,
         fun() -> {length(Big -- lists:reverse(Big)), length(Big ++ Big), lists:member(a, Big)} end,
         fun() -> erlang:md5(binary:copy(<<"some text">>, 200000)) end,
         fun() -> length(binary:matches(binary:copy(<<"some text">>, 50000), [<<"t">>, <<"ex">>])) end,
         fun() -> erlang:phash2(Pairs) end,
         fun() -> length(unicode:characters_to_list(unicode:characters_to_binary(lists:duplicate(100000, 1024)))) end]),
    Bytes = lists:duplicate(400000, 65),
    [io:format("~p~n", [why(F)]) ||
        F <- [fun() -> list_to_binary(Bytes ++ [256]) end, fun() -> iolist_size([Bytes, a]) end,
              fun() -> lists:member(x, Bytes ++ y) end, fun() -> Bytes -- [1 | 2] end,
              fun() -> binary_to_term(<<(term_to_binary(Pairs))/binary, 1>>) =:= Pairs end,
              fun() -> binary_to_term(binary:part(term_to_binary(Pairs), 0, 100000)) end,
              fun() -> element(3, unicode:characters_to_binary([Bytes, -1])) end]],
    kill(fun() -> maps:from_list(Pairs) end),
    kill(fun() -> term_to_binary(Pairs, [compressed]) end),
    ok.

meanwhile(F) ->
    {Pid, Ref} = spawn_monitor(fun() -> exit({gave, F()}) end),
    look(Pid, 40),
    receive {'DOWN', Ref, process, Pid, {gave, X}} -> io:format("~p~n", [X]) end.

look(_, 0) -> ok;
look(Pid, N) ->
    erlang:garbage_collect(Pid),
    _ = process_info(Pid, [messages, dictionary, heap_size, current_function, links]),
    Pid ! {message, N, "of some length"},
    try erlang:suspend_process(Pid) of
        true -> erlang:resume_process(Pid)
    catch error:badarg -> ok
    end,
    erlang:yield(),
    look(Pid, N - 1).

why(F) ->
    try F() of
        X -> X
    catch
        error:R:Trace ->
            {M, N, A, _} = hd(Trace),
            {R, M, N, case is_list(A) of true -> length(A); false -> A end}
    end.

kill(F) ->
    {Pid, Ref} = spawn_monitor(fun() -> loop(F) end),
    receive after 30 -> ok end,
    exit(Pid, kill),
    receive {'DOWN', Ref, process, Pid, Why} -> io:format("~p~n", [Why]) end,
    false = is_process_alive(Pid).

loop(F) -> F(), loop(F).
