%% process_info items with fixed values, flags, process_flag results.
-module(proc_info).
-export([main/0, id/1, waits/0]).

main() ->
    P = spawn(?MODULE, waits, []),
    timer:sleep(20),
    P ! a, P ! b,
    timer:sleep(20),
    io:format("~p~n", [process_info(P, message_queue_len)]),
    io:format("~p~n", [process_info(P, messages)]),
    io:format("~p~n", [process_info(P, status)]),
    io:format("~p~n", [process_info(P, dictionary)]),
    io:format("~p~n", [process_info(P, trap_exit)]),
    io:format("~p~n", [process_info(P, priority)]),
    io:format("~p~n", [process_info(P, initial_call)]),
    io:format("~p~n", [process_info(P, current_function)]),
    io:format("~p~n", [process_info(P, links)]),
    io:format("~p~n", [process_info(P, registered_name)]),
    io:format("~p~n", [process_info(P, [trap_exit, message_queue_len])]),
    io:format("~p~n", [process_info(P, monitored_by)]),
    io:format("~p~n", [process_info(P, error_handler)]),
    io:format("~p~n", [element(2, process_info(P, group_leader)) =:= group_leader()]),
    io:format("~p~n", [[is_integer(element(2, process_info(P, I))) || I <- [heap_size, total_heap_size, memory, stack_size, reductions]]]),
    exit(P, kill), timer:sleep(10),
    io:format("~p~n", [process_info(P, status)]),
    io:format("~p~n", [process_info(P)]),
    io:format("~p~n", [[process_flag(trap_exit, true), process_flag(trap_exit, false)]]),
    io:format("~p~n", [[process_flag(priority, high), process_flag(priority, normal)]]),
    io:format("~p~n", [[try process_info(self(), id(nonsense)) catch error:R -> R end, try process_flag(id(nope), 1) catch error:R2 -> R2 end]]),
    io:format("~p~n", [lists:member(self(), processes())]),
    ok.

id(X) -> X.
waits() -> put(k, v), receive never -> ok end.
