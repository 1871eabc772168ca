%% process_flag/2 with every flag: old values, wrong values, unknown flags
-module(conc_flag_all).
-export([main/0, id/1]).

main() ->
    T = fun(F, V) -> try process_flag(F, V) catch C:E -> {C, E} end end,
    io:format("~p~n", [[T(trap_exit, V) || V <- [true, true, false, yes, 1]]]),
    io:format("~p~n", [[T(priority, V) || V <- [low, high, max, normal, normal, urgent, 1]]]),
    io:format("~p~n", [[T(message_queue_data, V) || V <- [off_heap, on_heap, on_heap, mixed, x]]]),
    io:format("~p~n", [[T(error_handler, V) || V <- [my_handler, error_handler, error_handler, 1]]]),
    io:format("~p~n", [[T(sensitive, V) || V <- [true, false, false, x]]]),
    io:format("~p~n", [[T(save_calls, V) || V <- [10, 0, 0, -1, 10001, x]]]),
    Old = T(fullsweep_after, 3),
    io:format("~p~n", [[is_integer(Old) | [T(fullsweep_after, V) || V <- [10, Old, -1, x]]]]),
    io:format("~p~n", [[is_integer(T(min_heap_size, V)) || V <- [1000, 233]]]),
    io:format("~p~n", [[T(min_heap_size, V) || V <- [-1, x]]]),
    io:format("~p~n", [[is_integer(T(min_bin_vheap_size, V)) || V <- [50000, 46422]]]),
    io:format("~p~n", [[T(min_bin_vheap_size, V) || V <- [-1, x]]]),
    io:format("~p~n", [[T(max_heap_size, V) || V <- [10000000, #{size => 0}, #{size => 20000000, kill => false, error_logger => false}, 0, -1, 1, #{}, #{size => x}, #{size => 10000000, kill => 1}]]]),
    T(max_heap_size, #{size => 0, kill => true, error_logger => true}),
    io:format("~p~n", [[T(F, V) || {F, V} <- [{nope, 1}, {1, 1}, {"trap_exit", true}]]]),
    io:format("~p~n", [[try process_flag(id(P), id(F), id(V)) catch C:E -> {C, E} end || {P, F, V} <- [{self(), save_calls, 5}, {self(), save_calls, 0}, {self(), trap_exit, true}, {x, save_calls, 1}, {self(), save_calls, -1}]]]).

id(X) -> X.
