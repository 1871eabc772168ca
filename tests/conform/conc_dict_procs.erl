%% process dictionaries are each process's own, and process_info shows them
-module(conc_dict_procs).
-export([main/0]).

main() ->
    Me = self(),
    put(main, here),
    Ps = [spawn(fun() -> [put({k, K}, K * I) || K <- lists:seq(1, 20)], erase({k, 3}), Me ! {self(), get({k, 7}), get(main), length(get())}, receive stop -> ok end end) || I <- lists:seq(1, 20)],
    io:format("~p~n", [[receive {P, A, B, C} -> {A, B, C} end || P <- Ps]]),
    io:format("~p~n", [[lists:sum([V || {_, V} <- element(2, process_info(P, dictionary))]) || P <- Ps]]),
    [P ! stop || P <- Ps],
    io:format("~p ~p~n", [get(main), erase(main)]),
    io:format("~p~n", [get()]).
