%% Selective receive over long mailboxes, priorities, postponed messages, nested servers.
-module(proc_selective).
-export([main/0, id/1]).

main() ->
    [self() ! {low, N} || N <- lists:seq(1, 3000)],
    self() ! {high, 1}, self() ! {high, 2},
    io:format("~p~n", [prio()]),
    io:format("~p~n", [prio()]),
    io:format("~p~n", [prio()]),
    io:format("~p~n", [length(flush())]),
    [self() ! {k, N} || N <- lists:seq(1, 1000)],
    io:format("~p~n", [lists:all(fun(N) -> receive {k, N} -> true end end, lists:reverse(lists:seq(1, 1000)))]),
    S = spawn(fun() -> gate(closed) end),
    Me = self(),
    [S ! {req, Me, N} || N <- [1, 2, 3]],
    S ! open,
    io:format("~p~n", [[receive {ok, N} -> N end || _ <- [1, 2, 3]]]),
    io:format("~p~n", [flush()]),
    ok.

id(X) -> X.
prio() -> receive {high, N} -> {high, N} after 0 -> receive {low, N} -> {low, N} end end.
flush() -> receive X -> [X | flush()] after 0 -> [] end.
gate(closed) -> receive open -> gate(open) end;
gate(open) -> receive {req, P, N} -> P ! {ok, N}, gate(open) end.
