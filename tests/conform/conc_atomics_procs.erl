%% atomics, counters and persistent terms shared by many processes
-module(conc_atomics_procs).
-export([main/0]).

main() ->
    Me = self(),
    A = atomics:new(4, [{signed, true}]), C = counters:new(2, [write_concurrency]),
    Ps = [spawn(fun() -> [begin atomics:add(A, 1, 1), atomics:sub(A, 2, 2), atomics:add_get(A, 3, 3), counters:add(C, 1, 1), cas(A, 4) end || _ <- lists:seq(1, 500)], Me ! {self(), ok} end) || _ <- lists:seq(1, 8)],
    [receive {P, ok} -> ok end || P <- Ps],
    io:format("~p ~p~n", [[atomics:get(A, I) || I <- [1, 2, 3, 4]], counters:get(C, 1)]),
    persistent_term:put(conc_key, {some, [term], <<"x">>}),
    Qs = [spawn(fun() -> Me ! {self(), persistent_term:get(conc_key)} end) || _ <- lists:seq(1, 50)],
    io:format("~p~n", [lists:usort([receive {Q, X} -> X end || Q <- Qs])]).

cas(A, I) -> N = atomics:get(A, I), case atomics:compare_exchange(A, I, N, N + 1) of ok -> ok; _ -> cas(A, I) end.
