%% select_val on atoms, with booleans, odd names and atoms made at run time.
-module(op_select_atom).
-export([main/0, id/1]).

main() ->
    Xs = [a, b, c, true, false, undefined, '', ' ', 'A', nil, [], 'hello world', ok, error, list_to_atom("made"), list_to_atom("ok"),
          binary_to_atom(<<"zebra">>), list_to_atom("never_seen_" ++ integer_to_list(id(17))), 1, 'a\nb', 'äö'],
    [erlang:display({kind(X), bool(X), few(X), all(X)}) || X <- Xs],
    ok.

id(X) -> X.

kind(a) -> 1;
kind(b) -> 2;
kind(c) -> 3;
kind(ok) -> 4;
kind(error) -> 5;
kind(undefined) -> 6;
kind('') -> 7;
kind(' ') -> 8;
kind('A') -> 9;
kind('hello world') -> 10;
kind(made) -> 11;
kind(never_seen_17) -> 12;
kind('a\nb') -> 13;
kind('äö') -> 14;
kind(zebra) -> 15;
kind(_) -> 0.

bool(true) -> t;
bool(false) -> f;
bool(_) -> neither.

few(ok) -> fine;
few(error) -> bad;
few([]) -> empty;
few(_) -> x.

all(X) ->
    case X of
        true when X -> guarded;
        A when A =:= a; A =:= b -> ab;
        _ when is_atom(X) -> atom;
        _ -> no_atom
    end.
