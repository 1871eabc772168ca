%% Expressions in guards: arithmetic, failing guards, alternatives, all guard built-ins.
-module(op_guard_expr).
-export([main/0, id/1]).

main() ->
    Xs = [0, 1, 7, -3, 2.5, a, [], [1, 2, 3], {1, 2}, <<"abc">>, #{a => 1}, 1 bsl 64, [1 | 2], {}, <<1:4>>],
    [erlang:display({g1(X), g2(X), g3(X), g4(X), g5(X), g6(X), g7(X)}) || X <- Xs],
    erlang:display([cmp(A, B) || A <- [1, 1.0, 2, a], B <- [1, 1.0, 2, a]]),
    erlang:display([between(X) || X <- [0, 1, 5, 10, 11, 5.5, a]]),
    erlang:display([selfs(P) || P <- [self(), a]]),
    erlang:display([whose(X) || X <- [self(), make_ref(), a]]),
    ok.

id(X) -> X.

g1(X) when X + 1 > 5 -> plus;
g1(X) when X * 2 =:= 2 -> times;
g1(X) when X rem 2 =:= 1; X div 2 =:= 0 -> int;
g1(_) -> none.

g2(X) when length(X) > 2 -> long;
g2(X) when tuple_size(X) =:= 2 -> pair;
g2(X) when byte_size(X) >= 1 -> bytes;
g2(X) when map_size(X) =:= 1 -> map1;
g2(X) when hd(X) =:= 1 -> hd1;
g2(_) -> none.

g3(X) when abs(X) =:= 3; trunc(X) =:= 2; round(X) =:= 7 -> num;
g3(X) when element(2, X) =:= 2 -> el;
g3(X) when bit_size(X) =:= 4 -> bits;
g3(X) when float(X) == 1.0 -> one;
g3(_) -> none.

g4(X) when X band 1 =:= 1, X bor 8 > 8 -> odd;
g4(X) when X bxor 7 =:= 7; bnot X =:= 2 -> bxor_or_bnot;
g4(X) when X bsr 60 =:= 16 -> big;
g4(X) when X bsl 1 =:= 14 -> bsl14;
g4(_) -> none.

g5(X) when is_integer(X) andalso X > 0 orelse is_list(X) andalso X =/= [] -> yes;
g5(X) when is_atom(X) xor is_tuple(X) -> xor_yes;
g5(X) when not is_number(X) and not is_binary(X) -> neither;
g5(_) -> no.

g6(X) when X / 2 > 3; hd(X) -> f;
g6(X) when tl(X) =:= []; tl(X) =:= [2, 3] -> tail;
g6(X) when size(X) =:= 3; size(X) =:= 0 -> size;
g6(_) -> none.

g7(X) when X -> really_true;
g7(X) when ceil(X) =:= 3, floor(X) =:= 2 -> round_both;
g7(X) when X =:= 0 -> zero;
g7(X) when X == 7.0 -> seven;
g7(_) -> none.

cmp(A, B) when A =:= B -> exact;
cmp(A, B) when A == B -> equal;
cmp(A, B) when A < B -> less;
cmp(A, B) when A > B -> greater.

between(X) when 1 =< X, X =< 10 -> in;
between(X) when X < 1; X > 10, is_number(X) -> out;
between(_) -> no.

selfs(P) when P =:= self() -> me;
selfs(_) -> other.

whose(X) when node(X) =:= node() -> here;
whose(_) -> nowhere.
