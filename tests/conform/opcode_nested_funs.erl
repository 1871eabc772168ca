%% Funs in funs, in comprehensions, in records and maps, with captured matches and self-reference.
-module(opcode_nested_funs).
-export([main/0, id/1]).
-record(op, {name, run = fun(X) -> X end}).

main() ->
    Ops = [#op{name = inc, run = fun(X) -> X + 1 end}, #op{name = dbl, run = fun(X) -> X * 2 end}, #op{name = id}],
    p([{N, R(5)} || #op{name = N, run = R} <- Ops]), p(lists:foldl(fun(#op{run = R}, A) -> R(A) end, 1, Ops)),
    M = #{add => fun(A, B) -> A + B end, curry => fun(F) -> fun(A) -> fun(B) -> F(A, B) end end end},
    #{add := Add, curry := Curry} = M, p(((Curry(Add))(1))(2)), p((maps:get(add, M))(3, 4)),
    Y = fun(F) -> G = fun(G, X) -> (F(fun(Z) -> G(G, Z) end))(X) end, fun(X) -> G(G, X) end end,
    p((Y(fun(R) -> fun(0) -> 1; (N) -> N * R(N - 1) end end))(10)),
    Counter = fun Loop(S) -> receive {get, P} -> P ! {count, S}, Loop(S); inc -> Loop(S + 1); stop -> ok end end,
    Pid = spawn(fun() -> Counter(0) end), [Pid ! inc || _ <- lists:seq(1, 5)], Pid ! {get, self()}, p(receive {count, N} -> N end), Pid ! stop,
    p([F(10) || F <- [fun(X) -> X + A * B end || A <- [1, 2], B <- [3, 4]]]), {P, Q} = {id(1), id([2, 3])}, p((fun({X, [Z | _]}) when X > P -> {X, Z, Q}; (_) -> P end)({id(5), Q})),
    p(lists:map(fun id/1, [a])), p(lists:map(fun ?MODULE:id/1, [b])), Tab = [{'+', fun erlang:'+'/2}, {'max', fun erlang:max/2}], p([(element(2, lists:keyfind(O, 1, Tab)))(3, 9) || O <- ['+', max]]), Ls = lazy(1), p(take(5, Ls)),
    ok.

id(X) -> X.
p(X) -> io:format("~w~n", [X]).
lazy(N) -> fun() -> [N | lazy(N * 3)] end.
take(0, _) -> [];
take(N, L) -> [H | T] = L(), [H | take(N - 1, T)].
