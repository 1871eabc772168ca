%% What the logger is sent of a process that outgrew its max_heap_size.
-module(exit_limit_report).
-export([main/0]).

main() ->
    Before = erlang:system_flag(system_logger, self()),
    io:format("~p~n", [erlang:system_info(system_logger) =:= self()]),
    {Pid, Why} = try_it(true),
    receive
        {log, error, Format, [Pid, 2000, Total, true, true, Queued, Info], Meta} ->
            io:format("~p~n~ts~n", [Why, Format]),
            io:format("~p ~p ~p~n", [Total > 2000, Queued, [K || {K, _} <- Info]]),
            io:format("~p ~p~n", [lists:sort(maps:keys(Meta)), maps:get(error_logger, Meta)])
    end,
    {Pid2, normal} = try_it(false),
    receive {log, error, _, [Pid2, 2000, _, false, true | _], _} -> io:format("told~n") end,
    io:format("~p~n", [erlang:system_flag(system_logger, undefined) =:= self()]),
    {Pid3, killed} = try_it(true),
    receive {log, _, _, [Pid3 | _], _} -> io:format("not to be told~n") after 10 -> ok end,
    io:format("~p~n", [catch erlang:system_flag(system_logger, nobody)]),
    undefined = erlang:system_flag(system_logger, Before).

try_it(Kill) ->
    Limit = {max_heap_size, #{size => 2000, kill => Kill}},
    {P, R} = spawn_opt(fun() -> grow([]) end, [monitor, Limit]),
    receive {'DOWN', R, process, P, Why} -> {P, Why} end.

grow(L) when length(L) > 10000 -> ok;
grow(L) -> grow([a, b, c, d, e, f, g, h | L]).
