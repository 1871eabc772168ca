%% Three thousand processes at once, each with a little state, all answering.
-module(gc_many_processes).
-export([main/0, id/1, proc/2]).

main() ->
    Me = self(),
    N = 3000,
    Pids = [spawn(?MODULE, proc, [Me, I]) || I <- lists:seq(1, N)],
    [P ! {add, I} || {P, I} <- lists:zip(Pids, lists:seq(1, N))],
    [P ! {get, Me} || P <- Pids],
    Sum = lists:sum([receive {P, V} -> V end || P <- Pids]),
    io:format("~p~n", [Sum]),
    Refs = [monitor(process, P) || P <- Pids],
    [P ! stop || P <- Pids],
    io:format("~p~n", [length([receive {'DOWN', R, process, _, normal} -> ok end || R <- Refs])]),
    io:format("~p~n", [lists:any(fun is_process_alive/1, Pids)]),
    ok.

id(X) -> X.
proc(Parent, S) ->
    receive
        {add, N} -> proc(Parent, {S, [N]});
        {get, To} -> {A, [B]} = S, To ! {self(), A + B}, proc(Parent, S);
        stop -> ok
    end.
