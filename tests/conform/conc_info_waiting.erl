%% process_info of a process that waits in a receive, item by item
%% conform: separate
-module(conc_info_waiting).
-export([main/0]).

main() ->
    Me = self(),
    P = spawn(fun() -> put(a, 1), link(Me), Me ! ready, waits() end),
    receive ready -> ok end,
    settle(P),
    P ! one, P ! {two, 2},
    [io:format("~p~n", [norm(Me, process_info(P, I))])
     || I <- [registered_name, current_function, initial_call, status, message_queue_len, messages, links, monitors, monitored_by, dictionary, trap_exit,
              error_handler, priority, group_leader, suspending, message_queue_data, last_calls, sequential_trace_token, catchlevel, parent, fullsweep_after, backtrace_no]
        , I =/= backtrace_no, I =/= fullsweep_after],
    [io:format("~p ~p~n", [I, case process_info(P, I) of {I, N} when is_integer(N), N > 0 -> positive; X -> X end]) || I <- [heap_size, total_heap_size, memory, stack_size, reductions]],
    io:format("~p~n", [element(2, process_info(P, current_location)) =:= hd(element(2, process_info(P, current_stacktrace)))]),
    io:format("~p~n", [lists:sort([K || {K, _} <- process_info(P)])]),
    unlink(P), exit(P, kill).

waits() -> receive never -> ok end, last.
settle(P) -> case process_info(P, [status, current_function]) of [{status, waiting}, {current_function, {_, waits, 0}}] -> ok; _ -> settle(P) end.
norm(Me, {group_leader, G}) -> {group_leader, G =:= group_leader(), Me =:= self()};
norm(Me, {links, L}) -> {links, L =:= [Me]};
norm(Me, {parent, L}) -> {parent, L =:= Me};
norm(_, X) -> X.
