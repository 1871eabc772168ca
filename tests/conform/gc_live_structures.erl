%% Many live structures kept over a lot of garbage: nothing is lost or changed.
-module(gc_live_structures).
-export([main/0, id/1]).

main() ->
    Keep = [keep(N) || N <- lists:seq(1, 2000)],
    churn(200000, []),
    io:format("~p~n", [check(Keep, 1)]),
    Tree = tree(14),
    churn(100000, Tree),
    io:format("~p ~p~n", [count(Tree), sum(Tree)]),
    M = maps:from_list([{N, [N, {N}]} || N <- lists:seq(1, 5000)]),
    churn(100000, M),
    io:format("~p~n", [lists:all(fun(N) -> maps:get(N, M) =:= [N, {N}] end, lists:seq(1, 5000))]),
    F = closures(1000, []),
    churn(50000, F),
    io:format("~p~n", [lists:sum([X() || X <- F])]),
    erlang:garbage_collect(),
    io:format("~p ~p~n", [check(Keep, 1), count(Tree)]),
    ok.

id(X) -> X.
keep(N) -> {N, [N | "list"], <<N:64>>, N * 1.5, N bsl 70, #{n => N}, [{N, x} | improper], <<N:13>>}.
check([], N) -> {all, N};
check([H | T], N) ->
    case keep(N) of
        H -> check(T, N + 1);
        Other -> {differs, H, Other}
    end.
churn(0, K) -> K;
churn(N, K) ->
    _ = id([N, {N, [N]}, <<N:32>>, N * 1.0, #{N => N}]),
    churn(N - 1, K).
tree(0) -> leaf;
tree(N) -> {tree(N - 1), N, tree(N - 1)}.
count(leaf) -> 1;
count({L, _, R}) -> count(L) + count(R).
sum(leaf) -> 0;
sum({L, N, R}) -> sum(L) + N + sum(R).
closures(0, A) -> A;
closures(N, A) -> closures(N - 1, [fun() -> element(1, keep(N)) + length(tl([a | A])) end | A]).
