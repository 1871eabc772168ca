%% atomics, counters and persistent_term.
-module(lib_atomics).
-export([main/0]).

main() ->
    A = atomics:new(3, [{signed, true}]),
    atomics:put(A, 1, 10), atomics:add(A, 1, 5), atomics:sub(A, 2, 7),
    p([atomics:get(A, I) || I <- [1, 2, 3]]), p([atomics:add_get(A, 3, 2), atomics:sub_get(A, 3, 5), atomics:exchange(A, 1, 99), atomics:compare_exchange(A, 1, 99, 1), atomics:compare_exchange(A, 1, 99, 2)]),
    p(maps:without([memory], atomics:info(A))), U = atomics:new(1, [{signed, false}]), atomics:sub(U, 1, 1), p(atomics:get(U, 1)), atomics:put(A, 1, (1 bsl 63) - 1), atomics:add(A, 1, 1), p(atomics:get(A, 1)),
    p([try F() catch error:R -> R end || F <- [fun() -> atomics:get(A, 0) end, fun() -> atomics:get(A, 4) end, fun() -> atomics:put(A, 1, 1 bsl 64) end, fun() -> atomics:new(0, []) end]]),
    Me = self(), [spawn(fun() -> [atomics:add(A, 2, 1) || _ <- lists:seq(1, 1000)], Me ! done end) || _ <- lists:seq(1, 10)], [receive done -> ok end || _ <- lists:seq(1, 10)], p(atomics:get(A, 2)),
    C = counters:new(2, [write_concurrency]), counters:add(C, 1, 5), counters:sub(C, 2, 3), counters:put(C, 2, 7), p([counters:get(C, 1), counters:get(C, 2)]),
    persistent_term:put(k, [a, {big, "term"}]), persistent_term:put({m, 1}, #{x => 1}), p([persistent_term:get(k), persistent_term:get({m, 1}), persistent_term:get(nokey, def), persistent_term:erase(k), persistent_term:erase(k), persistent_term:get(k, gone)]), p(try persistent_term:get(nokey) catch error:R2 -> R2 end),
    ok.

p(X) -> io:format("~p~n", [X]).
