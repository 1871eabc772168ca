%% A process that sleeps does not grow by being asked about.
-module(conc_info_grows).
-export([main/0]).

main() ->
    Ps = [spawn(fun() -> erlang:hibernate(erlang, apply, [fun() -> ok end, []]) end),
          spawn(fun() -> receive stop -> ok end end)],
    [wait(P) || P <- Ps],
    io:format("~p~n", [[grows(P) || P <- Ps]]).

wait(P) ->
    case process_info(P, status) of
        {status, waiting} -> ok;
        _ -> erlang:yield(), wait(P)
    end.

grows(P) ->
    {memory, A} = process_info(P, memory),
    [process_info(P) || _ <- lists:seq(1, 1000)],
    [process_info(P, [backtrace, garbage_collection, links]) || _ <- lists:seq(1, 100)],
    {memory, B} = process_info(P, memory),
    B > A.
