%% Messages of all shapes through many hops, mailboxes that grow while collecting.
-module(gc_messages).
-export([main/0, id/1]).

main() ->
    Me = self(),
    Ring = lists:foldl(fun(_, Next) -> spawn(fun() -> hop(Next) end) end, Me, lists:seq(1, 50)),
    Msgs = [{N, lists:seq(1, N rem 50), binary:copy(<<N>>, N rem 200), #{n => N, f => N / 2}, N bsl (N rem 100)} || N <- lists:seq(1, 100)],
    [Ring ! M || M <- Msgs],
    Got = [receive X -> X end || _ <- Msgs],
    io:format("~p~n", [Got =:= Msgs]),
    Sink = spawn(fun() -> sink(0, 0, Me) end),
    [Sink ! {item, lists:seq(1, 20), N} || N <- lists:seq(1, 2000)],
    Sink ! done,
    io:format("~p~n", [receive {sum, S, C} -> {S, C} end]),
    Slow = spawn(fun() -> receive go -> ok end, slow([], Me) end),
    [Slow ! {N, [N, N]} || N <- lists:seq(1, 1000)],
    Slow ! go, Slow ! last,
    io:format("~p~n", [receive {slow, L} -> {length(L), hd(L), lists:last(L)} end]),
    ok.

id(X) -> X.
hop(Next) -> receive M -> Next ! M, hop(Next) end.
sink(S, C, To) ->
    receive
        {item, L, N} -> sink(S + N + length(L), C + 1, To);
        done -> To ! {sum, S, C}
    end.
slow(A, To) ->
    receive
        last -> To ! {slow, A};
        {N, _} -> slow([N | A], To)
    end.
