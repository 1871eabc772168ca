%% Records: creation, defaults, reading, updating one and many fields, guards, nesting.
-module(op_records).
-export([main/0, id/1]).

-record(p, {x = 0, y = 0, name}).
-record(line, {from = #p{}, to = #p{x = 1}, tags = []}).
-record(wide, {a, b, c, d, e, f, g, h, i, j, k, l, m, n, o}).
-record(empty, {}).

main() ->
    P = #p{x = id(3), name = "pt"},
    erlang:display(P),
    erlang:display({P#p.x, P#p.y, P#p.name}),
    P2 = P#p{y = id(9)},
    P3 = P2#p{x = P2#p.y, y = P2#p.x},
    erlang:display({P2, P3}),
    L = #line{},
    L2 = L#line{from = P, tags = [a | L#line.tags]},
    erlang:display({L, L2}),
    L3 = L2#line{to = (L2#line.to)#p{y = id(77)}},
    erlang:display({(L3#line.to)#p.y, (L3#line.from)#p.x}),
    W = #wide{a = 1, o = id(15)},
    W2 = W#wide{a = id(2), c = 3, e = 5, g = 7, i = 9, k = 11, m = 13, o = 15},
    erlang:display({W, W2}),
    W3 = loop(W2, 1000),
    erlang:display(W3),
    erlang:display(#empty{}),
    erlang:display({is_record(id(P), p), is_record(id(P), line), is_record(id({p, 1}), p), is_record(id(x), p), is_record(P, p, 4), is_record(P, p, 3)}),
    erlang:display([kind(X) || X <- [P, L, W, #empty{}, {p}, {p, 1, 2}, p]]),
    erlang:display({#p.x, #p.y, #p.name, record_info(fields, p), record_info(size, p)}),
    erlang:display([X || #p{x = X} <- [P, L, P3, x]]),
    erlang:display(#p{_ = id(all)}),
    erlang:display(try (id(L))#p.x catch error:R -> R end),
    erlang:display(try (id(x))#p{y = 1} catch error:R2 -> R2 end),
    ok.

id(X) -> X.

loop(W, 0) -> W;
loop(#wide{b = undefined} = W, N) -> loop(W#wide{b = 0}, N);
loop(#wide{b = B, d = D} = W, N) -> loop(W#wide{b = B + N, d = [N rem 10 | short(D)]}, N - 1).

short([A, B | _]) -> [A, B];
short(_) -> [0, 0].

kind(#p{}) -> p;
kind(#line{from = #p{x = X}}) -> {line, X};
kind(#wide{o = 15}) -> wide15;
kind(#empty{}) -> empty;
kind(_) -> other.
