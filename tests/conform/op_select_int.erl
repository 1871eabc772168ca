%% select_val on integers: dense, sparse, negative, across the small integer's border.
-module(op_select_int).
-export([main/0, id/1]).

main() ->
    Xs = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -1, -2, 100, 1000, 1 bsl 40, 1 bsl 59, 1 bsl 60, 1 bsl 61, (1 bsl 59) - 1, -(1 bsl 59), -(1 bsl 59) - 1,
          (1 bsl 61) - 1, -(1 bsl 61), -(1 bsl 61) - 1, 1 bsl 63, 1 bsl 64, -(1 bsl 63), -(1 bsl 64), 1.0, 2.0, a, "x", {1}, <<1>>],
    [erlang:display({X, dense(X), sparse(X), neg(X), big(X), one(X)}) || X <- Xs],
    ok.

id(X) -> X.

dense(0) -> zero;
dense(1) -> one;
dense(2) -> two;
dense(3) -> three;
dense(4) -> four;
dense(5) -> five;
dense(6) -> six;
dense(7) -> seven;
dense(9) -> nine;
dense(_) -> other.

sparse(1) -> a;
sparse(10) -> b;
sparse(100) -> c;
sparse(1000) -> d;
sparse(1099511627776) -> e;
sparse(576460752303423487) -> f;
sparse(_) -> other.

neg(-1) -> m1;
neg(-2) -> m2;
neg(-576460752303423488) -> min;
neg(0) -> zero;
neg(_) -> other.

big(16#800000000000000) -> b59;
big(16#1000000000000000) -> b60;
big(16#2000000000000000) -> b61;
big(16#1FFFFFFFFFFFFFFF) -> b61m;
big(-16#2000000000000000) -> nb61;
big(-16#2000000000000001) -> nb61m;
big(16#8000000000000000) -> b63;
big(16#10000000000000000) -> b64;
big(-16#8000000000000000) -> nb63;
big(-16#10000000000000000) -> nb64;
big(_) -> other.

one(5) -> yes;
one(_) -> no.
