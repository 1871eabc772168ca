%% a token around rings of processes, many at once
-module(conc_ring_token).
-export([main/0]).

main() ->
    Me = self(),
    io:format("~p~n", [[receive {ring, I, N} -> N end || I <- lists:seq(1, 8), _ <- [spawn(fun() -> Me ! {ring, I, ring(30 + I)} end)]]]).

ring(Size) ->
    Me = self(),
    First = lists:foldl(fun(_, Next) -> spawn(fun() -> member(Next) end) end, Me, lists:seq(1, Size)),
    rounds(20, First, 0).
rounds(0, _, N) -> N;
rounds(K, First, N) -> First ! {token, N}, receive {token, M} -> rounds(K - 1, First, M) end.
member(Next) -> receive {token, N} -> Next ! {token, N + 1}, member(Next) end.
