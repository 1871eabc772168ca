%% erlang:system_monitor: settings, and the message of a large heap
-module(sys_monitor).
-export([main/0]).

shown({P, L}) when P =:= self() -> {me, L};
shown(X) -> X.

main() ->
    io:format("~p ~p~n", [erlang:system_monitor(), erlang:system_monitor(self(), [{long_gc, 100000}, busy_port, {large_heap, 1000}, {long_schedule, 100000}, busy_dist_port])]),
    io:format("~p~n", [shown(erlang:system_monitor())]),
    P = spawn(fun() -> L = lists:seq(1, 100000), erlang:garbage_collect(), receive X -> {X, length(L)} end end),
    receive {monitor, P, large_heap, Info} -> io:format("~p~n", [[K || {K, V} <- Info, is_integer(V)]]) end,
    exit(P, kill),
    io:format("~p~n", [shown(erlang:system_monitor(undefined))]),
    io:format("~p~n", [erlang:system_monitor()]),
    Gone = spawn(fun() -> ok end), R = monitor(process, Gone), receive {'DOWN', R, _, _, _} -> ok end,
    [io:format("~p~n", [try shown(erlang:system_monitor(A, B)) catch C:D -> {C, D} end]) ||
        {A, B} <- [{self(), []}, {self(), [foo]}, {self(), [{long_gc, -1}]}, {self(), foo}, {foo, []}, {self(), [{large_heap, 10}]},
                   {undefined, []}, {self(), [busy_port | foo]}, {self(), [busy_port]}, {Gone, [busy_port]}, {self(), [{large_heap, a}]}]],
    io:format("~p~n", [shown(erlang:system_monitor())]),
    io:format("~p~n", [shown(erlang:system_monitor({self(), [busy_dist_port]}))]),
    io:format("~p ~p~n", [shown(erlang:system_monitor(self(), [])), erlang:system_monitor()]),
    io:format("~p~n", [erlang:system_profile()]).
