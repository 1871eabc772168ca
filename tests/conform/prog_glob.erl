%% Patterns with stars, classes and alternatives matched by hand-written recursion.
-module(prog_glob).
-export([main/0]).

main() ->
    Ps = ["*", "*.erl", "a?c", "[a-c]*", "[!x]y", "{foo,bar}*.txt", "**x**", "", "a*b*c", "[]]"],
    Ss = ["", "abc", "x.erl", "foo1.txt", "bar.txt", "baz.txt", "ay", "xy", "aXbXXc", "]", "bzzz"],
    [io:format("~-16s ~s~n", [P, [case m(P, S) of true -> $+; false -> $- end || S <- Ss]]) || P <- Ps].

m([], []) -> true;
m("*" ++ P, S) -> m(P, S) orelse (S =/= [] andalso m([$* | P], tl(S)));
m("?" ++ P, [_ | S]) -> m(P, S);
m("{" ++ P, S) -> {Alts, [$} | Rest]} = lists:splitwith(fun(C) -> C =/= $} end, P), lists:any(fun(A) -> m(A ++ Rest, S) end, string:split(Alts, ",", all));
m("[!" ++ P, [C | S]) -> {Set, Rest} = set(P, [], true), not lists:member(C, Set) andalso m(Rest, S);
m("[" ++ P, [C | S]) -> {Set, Rest} = set(P, [], true), lists:member(C, Set) andalso m(Rest, S);
m([C | P], [C | S]) -> m(P, S);
m(_, _) -> false.
set("]" ++ P, A, false) -> {A, P};
set([X, $-, Y | P], A, _) when Y =/= $] -> set(P, lists:seq(X, Y) ++ A, false);
set([X | P], A, _) -> set(P, [X | A], false).
