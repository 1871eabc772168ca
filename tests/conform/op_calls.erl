%% Local, remote, tail and body calls, mutual recursion, calls in argument positions.
-module(op_calls).
-export([main/0, id/1, even/1, odd/1, sum/2, depth/1, twice/2]).

main() ->
    erlang:display({even, even(100001), odd(100001)}),
    erlang:display({sum, sum(1000000, 0)}),
    erlang:display({depth, depth(100000)}),
    erlang:display(twice(fun(X) -> X + 1 end, id(5))),
    erlang:display(?MODULE:sum(?MODULE:id(10), ?MODULE:sum(3, id(0)))),
    erlang:display(nest(id(1))),
    erlang:display(left(1, 2, 3)),
    erlang:display(order()),
    ok.

id(X) -> X.

even(0) -> true;
even(N) -> ?MODULE:odd(N - 1).

odd(0) -> false;
odd(N) -> even(N - 1).

sum(0, A) -> A;
sum(N, A) -> sum(N - 1, A + N).

depth(0) -> 0;
depth(N) -> 1 + depth(N - 1).

twice(F, X) -> F(F(X)).

nest(A) ->
    B = id(A) + id(id(A) + id(2)),
    {id(B), [id(A) | id([B])], id({A, id(B)})}.

left(A, B, C) ->
    X = id(A), Y = id(B), Z = id(C),
    {id(Z), id(Y), id(X), id(A), id(B), id(C)}.

order() ->
    put(trail, []),
    _ = {note(a), note(b), [note(c), note(d)], note(e) + note(f)},
    lists_rev(get(trail), []).

note(X) ->
    put(trail, [X | get(trail)]),
    1.

lists_rev([], A) -> A;
lists_rev([H | T], A) -> lists_rev(T, [H | A]).
