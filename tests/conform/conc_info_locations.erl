%% where waiting processes are: functions with and without frames, nested, hibernating, in libraries
-module(conc_info_locations).
-export([main/0, plain/0, framed/1, outer/0, after_/0, loop/1]).

main() ->
    [begin
         P = spawn(?MODULE, F, A),
         X = settle(P, 200),
         {current_stacktrace, S} = process_info(P, current_stacktrace),
         io:format("~p ~p ~p~n", [F, X, [{M, Fn, Ar, proplists:get_value(line, L)} || {M, Fn, Ar, L} <- S, M =:= ?MODULE]]),
         exit(P, kill)
     end || {F, A} <- [{plain, []}, {framed, [1]}, {outer, []}, {after_, []}, {loop, [3]}]].

settle(P, N) -> case process_info(P, [status, current_function]) of [{status, waiting}, {_, X}] -> X; _ when N > 0 -> timer:sleep(1), settle(P, N - 1); Y -> Y end.
plain() -> receive x -> ok end.
framed(N) ->
    put(n, N),
    receive
        x -> self() ! N, framed(N)
    end.
outer() ->
    plain(),
    ok.
after_() ->
    receive x -> ok after 100000 -> plain() end.
loop(N) ->
    receive
        {a, X} -> loop(N + X);
        b -> put(last, N), loop(0)
    end.
