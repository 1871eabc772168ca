%% multi_scheduling: blocked while somebody asks for it, who may end without unblocking.
-module(conc_multi_scheduling).
-export([main/0]).
main() ->
  io:format("~p~n", [erlang:system_info(multi_scheduling)]),
  io:format("~p~n", [erlang:system_flag(multi_scheduling, block)]),
  io:format("~p ~p~n", [erlang:system_info(multi_scheduling), erlang:system_info(multi_scheduling_blockers) =:= [self()]]),
  {P, R} = spawn_monitor(fun() -> exit(erlang:system_flag(multi_scheduling, block)) end),
  receive {'DOWN', R, _, P, W} -> io:format("~p~n", [W]) end,
  io:format("~p~n", [erlang:system_info(multi_scheduling)]),
  io:format("~p~n", [erlang:system_flag(multi_scheduling, unblock)]),
  io:format("~p~n", [erlang:system_info(multi_scheduling)]),
  io:format("~p~n", [erlang:system_flag(multi_scheduling, unblock)]),
  {P2, R2} = spawn_monitor(fun() -> exit(erlang:system_flag(multi_scheduling, block)) end),
  receive {'DOWN', R2, _, P2, W2} -> io:format("~p~n", [W2]) end,
  io:format("~p~n", [erlang:system_info(multi_scheduling)]),
  io:format("~p~n", [element(1, element(2, catch erlang:system_flag(multi_scheduling, foo)))]).
