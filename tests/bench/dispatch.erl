%% Atoms and tuples dispatched by clauses: a small virtual machine.
-module(dispatch).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 80000000 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) -> vm({loop, N}, 0, N).

vm(_, A, 0) -> A;
vm({loop, K}, A, N) -> vm(op(K band 7), (A + K) band 16#FFFFFF, N - 1);
vm({add, X}, A, N) -> vm({loop, N}, A + X, N - 1);
vm({sub, X}, A, N) -> vm({loop, N}, A - X, N - 1);
vm({neg}, A, N) -> vm(nop, -A, N - 1);
vm(nop, A, N) -> vm(inc, A, N - 1);
vm(inc, A, N) -> vm({loop, N + 1}, A + 1, N - 1);
vm(dec, A, N) -> vm({loop, N + 2}, A - 1, N - 1).

op(0) -> {add, 5};
op(1) -> {sub, 3};
op(2) -> {neg};
op(3) -> nop;
op(4) -> inc;
op(5) -> dec;
op(6) -> {add, 1};
op(7) -> {loop, 1}.
