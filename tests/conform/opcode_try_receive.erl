%% try around receive, receive in catch and after clauses, throws out of receive and comprehensions.
-module(opcode_try_receive).
-export([main/0, id/1]).

main() ->
    self() ! a, self() ! {b, 1}, self() ! c, self() ! d,
    p(try receive {b, N} -> throw({got, N}) end catch {got, V} -> receive c -> {V, c} end after receive d -> ok end end),
    p(receive a -> a after 0 -> none end), p(catch [if X > 2 -> throw({stop, X}); true -> X end || X <- [1, 2, 3, 4]]), p(try [begin self() ! X, receive X -> 10 div (3 - X) end end || X <- [1, 2, 3, 4]] catch error:badarith -> arith end),
    p(receive Y -> Y after 0 -> empty end),
    p(catch nested(5)), p(try spawnlink() catch exit:R -> R end), p(find(fun(X) -> X * X > 50 end, lists:seq(1, 100))), p(find(fun(_) -> false end, [1])), p([safe(F) || F <- [fun() -> 1 end, fun() -> throw(t) end, fun() -> error(e) end, fun() -> exit(x) end, fun() -> receive after 1 -> late end end]]),
    ok.

id(X) -> X.
p(X) -> io:format("~w~n", [X]).
nested(0) -> throw(bottom);
nested(N) -> try nested(N - 1) catch throw:X when N rem 2 =:= 0 -> throw({N, X}); throw:X -> throw([N, X]) after self() ! {level, N}, receive {level, N} -> ok end end.
spawnlink() -> try nested(6) catch throw:X -> exit({wrapped, X}) end.
find(F, L) -> try lists:foreach(fun(X) -> case F(X) of true -> throw({found, X}); false -> ok end end, L) of ok -> none catch {found, X} -> X end.
safe(F) -> try {ok, F()} catch C:R -> {C, R} end.
