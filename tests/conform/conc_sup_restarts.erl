%% a supervisor with each strategy, children that crash, and one that is given up
-module(conc_sup_restarts).
-behaviour(supervisor).
-export([main/0, init/1, start/2]).

main() ->
    process_flag(trap_exit, true),
    [run(S) || S <- [one_for_one, one_for_all, rest_for_one]],
    {ok, Sup} = supervisor:start_link(?MODULE, {one_for_one, self(), 1}),
    ups(3),
    [begin {_, P, _, _} = lists:keyfind(b, 1, supervisor:which_children(Sup)), exit(P, kill), case I of 1 -> ups(1); 2 -> ok end end || I <- [1, 2]],
    io:format("~p~n", [receive {'EXIT', Sup, W} -> W after 3000 -> alive end]).

run(S) ->
    {ok, Sup} = supervisor:start_link(?MODULE, {S, self(), 5}),
    io:format("~p ~p ", [S, ups(3)]),
    {_, B, _, _} = lists:keyfind(b, 1, supervisor:which_children(Sup)),
    exit(B, kill),
    io:format("~p ", [ups(case S of one_for_one -> 1; one_for_all -> 3; rest_for_one -> 2 end)]),
    io:format("~p ", [supervisor:count_children(Sup)]),
    io:format("~p ", [supervisor:terminate_child(Sup, a)]),
    io:format("~p ", [element(1, supervisor:restart_child(Sup, a))]),
    io:format("~p~n", [[ups(1), receive X -> X after 0 -> none end]]),
    unlink(Sup), exit(Sup, shutdown), R = monitor(process, Sup), receive {'DOWN', R, _, _, _} -> ok end.

ups(N) -> lists:sort([receive {up, I} -> I after 3000 -> lost end || _ <- lists:seq(1, N)]).
start(Me, Id) -> {ok, spawn_link(fun() -> Me ! {up, Id}, receive stop -> ok end end)}.
init({S, Me, N}) -> {ok, {{S, N, 10}, [{Id, {?MODULE, start, [Me, Id]}, permanent, brutal_kill, worker, [?MODULE]} || Id <- [a, b, c]]}}.
