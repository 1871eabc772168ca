%% Deep and long terms copied, sent, hashed and converted while the heap is small.
-module(gc_deep_terms).
-export([main/0, id/1]).

main() ->
    D = deep(100000),
    L = lists:seq(1, 300000),
    Me = self(),
    P = spawn(fun() -> receive {X, Y} -> Me ! {depth(X, 0), length(Y), X, Y} end end),
    P ! {D, L},
    receive {A, B, D2, L2} -> io:format("~p ~p ~p ~p~n", [A, B, D2 =:= D, L2 =:= L]) end,
    io:format("~p~n", [erlang:phash2({D, L})]),
    T = term_to_binary({D, L}),
    io:format("~p ~p~n", [byte_size(T), binary_to_term(T) =:= {D, L}]),
    io:format("~p~n", [erts_debug:flat_size(L)]),
    io:format("~p~n", [length(lists:flatten([[X, [X]] || X <- lists:seq(1, 10000)]))]),
    io:format("~p~n", [length(lists:reverse(L) ++ L)]),
    ok.

id(X) -> X.
deep(0) -> bottom;
deep(N) -> {N, [deep2(N)]}.
deep2(N) -> acc(N - 1, bottom).
acc(0, A) -> A;
acc(N, A) -> acc(N - 1, {N, [A]}).
depth({_, [X]}, N) -> depth(X, N + 1);
depth(bottom, N) -> N.
