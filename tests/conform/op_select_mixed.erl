%% Clauses over values of different types, floats and bignums, in one function head.
-module(op_select_mixed).
-export([main/0, id/1]).

main() ->
    Xs = [1, 1.0, a, "str", [], {}, {1}, {1, 2}, <<>>, <<"bin">>, #{}, 1 bsl 65, -1.5, 0.0, -0.0, [1 | 2], {tag, 1}, {tag, 1, 2}, "s", 2.5e300],
    [erlang:display({m(X), f(X), t(X), l(X)}) || X <- Xs],
    ok.

id(X) -> X.

m(1) -> int;
m(1.0) -> float;
m(a) -> atom;
m([]) -> nil;
m({}) -> empty_tuple;
m({1}) -> t1;
m(<<>>) -> empty_bin;
m(<<"bin">>) -> bin;
m("str") -> str;
m(36893488147419103232) -> big;
m(X) when is_map(X) -> map;
m(_) -> other.

f(1.0) -> one;
f(-1.5) -> neg;
f(2.5e300) -> huge;
f(X) when X == 0 -> zeroish;
f(_) -> none.

t({}) -> 0;
t({tag, X}) -> {tag1, X};
t({tag, X, Y}) -> {tag2, X, Y};
t({A, B}) -> {pair, B, A};
t({_}) -> single;
t(_) -> none.

l([]) -> nil;
l([X]) -> {one, X};
l([X | Y]) when not is_list(Y) -> {improper, X, Y};
l([_, _ | T]) -> {two, T};
l(_) -> none.
