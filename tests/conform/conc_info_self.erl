%% process_info of oneself, by items and lists of items
-module(conc_info_self).
-export([main/0, id/1]).

main() ->
    self() ! m1, self() ! {m, 2},
    put(k, v),
    [io:format("~p~n", [process_info(self(), I)])
     || I <- [registered_name, current_function, status, message_queue_len, messages, links, monitors, dictionary, trap_exit, error_handler, priority, suspending, message_queue_data]],
    io:format("~p~n", [process_info(self(), [message_queue_len, messages, registered_name, status])]),
    io:format("~p~n", [process_info(self(), [])]),
    io:format("~p~n", [process_info(self(), [trap_exit, trap_exit])]),
    register(conc_info, self()),
    io:format("~p~n", [[process_info(self(), registered_name), process_info(self(), [registered_name])]]),
    [io:format("~p~n", [try process_info(id(P), id(I)) catch C:E -> {C, E} end]) || {P, I} <- [{self(), x}, {self(), [x]}, {self(), 1}, {self(), [links | x]}, {self(), {links}}, {x, links}, {1, links}]],
    io:format("~p~n", [try process_info(id(x)) catch C:E -> {C, E} end]),
    {current_stacktrace, [{M, F, A, _} | _]} = process_info(self(), current_stacktrace),
    io:format("~p~n", [{M, F, A}]),
    {current_location, {M2, F2, A2, L2}} = process_info(self(), current_location),
    io:format("~p~n", [{M2, F2, A2, lists:keymember(line, 1, L2)}]).

id(X) -> X.
