%% One function with many clauses of every kind, as parser generators write them.
-module(op_bigswitch).
-export([main/0, id/1]).

main() ->
    erlang:display([op(N) || N <- seq(0, 130)]),
    erlang:display([name(op(N)) || N <- [0, 1, 50, 99, 100, 127]]),
    erlang:display(scan("let x1 = 42 + (y*3) - foo_bar/7;", [])),
    erlang:display(scan("a<=b>=c==d!=e<f>g", [])),
    ok.

id(X) -> X.
seq(N, M) when N > M -> [];
seq(N, M) -> [N | seq(N + 1, M)].

op(0) -> nop; op(1) -> a1; op(2) -> a2; op(3) -> a3; op(4) -> a4; op(5) -> a5; op(6) -> a6; op(7) -> a7; op(8) -> a8; op(9) -> a9;
op(10) -> b0; op(11) -> b1; op(12) -> b2; op(13) -> b3; op(14) -> b4; op(15) -> b5; op(16) -> b6; op(17) -> b7; op(18) -> b8; op(19) -> b9;
op(20) -> c0; op(22) -> c2; op(24) -> c4; op(26) -> c6; op(28) -> c8; op(30) -> d0; op(33) -> d3; op(36) -> d6; op(39) -> d9;
op(40) -> e0; op(50) -> f0; op(60) -> g0; op(70) -> h0; op(80) -> i0; op(90) -> j0; op(99) -> j9; op(100) -> k0;
op(N) when N > 100, N < 110 -> {low, N};
op(N) when N >= 110, N =< 120; N =:= 127 -> {high, N};
op(N) when N band 1 =:= 0 -> even;
op(_) -> odd.

name(nop) -> "nop"; name(a1) -> "a1"; name(f0) -> "f0"; name(j9) -> "j9"; name(k0) -> "k0";
name({low, N}) -> [low, N];
name({high, N}) -> [high, N];
name(_) -> "?".

scan([], Acc) -> rev(Acc, []);
scan([C | T], Acc) when C =:= $\s; C =:= $\t; C =:= $\n -> scan(T, Acc);
scan([C | _] = S, Acc) when C >= $0, C =< $9 -> number(S, 0, Acc);
scan([C | _] = S, Acc) when C >= $a, C =< $z; C >= $A, C =< $Z; C =:= $_ -> word(S, [], Acc);
scan([$<, $= | T], Acc) -> scan(T, [le | Acc]);
scan([$>, $= | T], Acc) -> scan(T, [ge | Acc]);
scan([$=, $= | T], Acc) -> scan(T, [eq | Acc]);
scan([$!, $= | T], Acc) -> scan(T, [ne | Acc]);
scan("(" ++ T, Acc) -> scan(T, [lpar | Acc]);
scan(")" ++ T, Acc) -> scan(T, [rpar | Acc]);
scan([C | T], Acc) -> scan(T, [{sym, C} | Acc]).

number([C | T], N, Acc) when C >= $0, C =< $9 -> number(T, N * 10 + C - $0, Acc);
number(T, N, Acc) -> scan(T, [{int, N} | Acc]).

word([C | T], W, Acc) when C >= $a, C =< $z; C >= $A, C =< $Z; C >= $0, C =< $9; C =:= $_ -> word(T, [C | W], Acc);
word(T, W, Acc) ->
    case rev(W, []) of
        "let" -> scan(T, ['let' | Acc]);
        S -> scan(T, [{id, S} | Acc])
    end.

rev([], A) -> A;
rev([H | T], A) -> rev(T, [H | A]).
