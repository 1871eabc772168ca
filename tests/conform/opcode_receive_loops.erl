%% State machines over receive: many clauses, guards on bound values, timeouts in loops, funs that receive.
-module(opcode_receive_loops).
-export([main/0, id/1]).

main() ->
    P = spawn(fun() -> idle(#{n => 0, log => []}) end),
    [P ! E || E <- [start, {data, 5}, {data, a}, pause, {data, 6}, resume, {data, 7}, stop, {data, 8}, start, {data, 9}, stop]],
    P ! {report, self()},
    receive {report, R} -> io:format("~p~n", [R]) end,
    self() ! {x, 1}, self() ! {y, 2}, self() ! {x, 3},
    X = id(x), Get = fun(K) -> receive {K, V} -> V after 0 -> none end end,
    io:format("~p~n", [[Get(y), Get(X), Get(X), Get(X)]]),
    io:format("~p~n", [collect(20, [])]),
    io:format("~p~n", [batch()]).

id(X) -> X.
idle(S) ->
    receive
        start -> running(S);
        {report, To} -> To ! {report, S}, idle(S);
        Other -> idle(log({ignored, Other}, S))
    end.
running(#{n := N} = S) ->
    receive
        {data, D} when is_integer(D), D rem 2 =:= 1 -> running(S#{n := N + D});
        {data, D} -> running(log({bad, D}, S));
        pause -> paused(S);
        stop -> idle(log({total, N}, S))
    end.
paused(S) -> receive resume -> running(S) after 5000 -> idle(log(timeout, S)) end.
log(X, #{log := L} = S) -> S#{log := [X | L]}.
collect(T, A) ->
    [self() ! {n, N} || N <- lists:seq(1, 3), A =:= []],
    receive {n, N} -> collect(T, [N | A]) after T -> {timeout, A} end.
batch() ->
    [self() ! N || N <- lists:seq(1, 10)],
    F = fun Loop(0, A) -> lists:reverse(A); Loop(K, A) -> receive M when M > 5 -> Loop(K - 1, [M | A]) after 0 -> {short, lists:reverse(A)} end end,
    R = {F(3, []), F(5, [])},
    {R, (fun Drain() -> receive Y -> [Y | Drain()] after 0 -> [] end end)()}.
