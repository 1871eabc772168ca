%% Two processes exchanging a hundred thousand messages; a ring of a thousand; a pipeline.
-module(proc_pingpong).
-export([main/0, id/1]).

main() ->
    Pong = spawn(fun() -> pong() end),
    io:format("~p~n", [ping(Pong, 50000)]),
    Pong ! stop,
    io:format("~p~n", [ring(1000, 50)]),
    Me = self(),
    Stages = lists:foldl(fun(N, Next) -> spawn(fun() -> stage(N, Next) end) end, Me, lists:seq(1, 20)),
    [Stages ! {v, N} || N <- lists:seq(1, 200)],
    io:format("~p~n", [lists:sum([receive {v, V} -> V end || _ <- lists:seq(1, 200)])]),
    io:format("~p~n", [tree(12)]),
    ok.

id(X) -> X.
pong() -> receive {P, N} -> P ! {self(), N + 1}, pong(); stop -> ok end.
ping(_, 0) -> done;
ping(P, N) -> P ! {self(), N}, receive {P, M} when M =:= N + 1 -> ping(P, N - 1) end.
ring(N, Laps) ->
    Me = self(),
    First = lists:foldl(fun(_, Next) -> spawn(fun() -> fwd(Next) end) end, Me, lists:seq(1, N)),
    First ! 0,
    laps(First, Laps).
laps(_, 0) -> receive V -> V end;
laps(First, N) -> receive V -> First ! V, laps(First, N - 1) end.
fwd(Next) -> receive V -> Next ! V + 1, fwd(Next) end.
stage(N, Next) -> receive {v, V} -> Next ! {v, V + N}, stage(N, Next) end.
tree(0) -> 1;
tree(N) ->
    Me = self(),
    [spawn(fun() -> Me ! {c, tree(N - 1)} end) || _ <- [l, r]],
    receive {c, A} -> receive {c, B} -> A + B end end.
