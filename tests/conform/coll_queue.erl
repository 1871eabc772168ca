%% The queue module: all three interfaces.
-module(coll_queue).
-export([main/0]).

main() ->
    Q = lists:foldl(fun queue:in/2, queue:new(), [1, 2, 3, 4, 5]),
    p(Q), p(queue:to_list(Q)), p({queue:len(Q), queue:is_empty(Q), queue:is_queue(Q), queue:is_queue(x)}),
    p(queue:out(Q)), p(queue:out_r(Q)), p(queue:out(queue:new())), p(queue:in_r(0, Q)), p({queue:get(Q), queue:get_r(Q), queue:peek(Q), queue:peek_r(Q), queue:drop(Q), queue:drop_r(Q), queue:peek(queue:new())}),
    p(queue:reverse(Q)), p(queue:join(Q, Q)), p(queue:split(2, Q)), p(queue:filter(fun(X) -> X rem 2 =:= 1 end, Q)), p(queue:filter(fun(X) -> [X, X] end, Q)), p(queue:member(3, Q)), p(queue:from_list([a, b, c, d])),
    p([queue:cons(0, Q), queue:head(Q), queue:tail(Q), queue:snoc(Q, 6), queue:daeh(Q), queue:last(Q), queue:liat(Q), queue:init(Q)]),
    p([queue:delete(3, Q), queue:fold(fun(X, A) -> X + A end, 0, Q), queue:any(fun(X) -> X > 4 end, Q), queue:all(fun(X) -> X > 4 end, Q), queue:filtermap(fun(X) -> {true, X * 2} end, Q)]),
    p([try queue:get(queue:new()) catch error:R -> R end, try queue:split(9, Q) catch error:R2 -> R2 end, try queue:in(x, notq) catch error:R3 -> R3 end]),
    p(work(queue:from_list(lists:seq(1, 100)), 10000, 0)),
    ok.

work(_, 0, S) -> S;
work(Q, N, S) -> {{value, X}, Q2} = queue:out(Q), work(queue:in((X * 7 + N) rem 101, Q2), N - 1, S + X).
p(X) -> io:format("~p~n", [X]).
