%% Selects: on atoms, integers, arities; literals.
-module(selects).
-export([atom/1, int/1, arity/1, literal/1]).

atom(a) -> 1;
atom(b) -> 2;
atom('odd name') -> 3;
atom(_) -> 0.

int(0) -> zero;
int(1) -> one;
int(-1) -> minus_one;
int(16#FFFFFFFFFFFFFFFF) -> large.

arity({}) -> 0;
arity({_}) -> 1;
arity({_, _}) -> 2.

literal(X) -> [{X, [1, two, 3.0, "four", <<5>>, #{six => 7}]}].
