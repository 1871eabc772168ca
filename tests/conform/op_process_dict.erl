%% The process dictionary: put, get, erase, keys of any type, many keys, per process.
-module(op_process_dict).
-export([main/0, id/1]).

main() ->
    erlang:display({put(a, 1), put(a, 2), get(a), get(b)}),
    erlang:display({erase(a), erase(a), get(a)}),
    [put(K, {v, K}) || K <- [1, 1.0, "k", {t}, <<"b">>, #{m => 1}, 1 bsl 70, []]],
    erlang:display([get(K) || K <- [1, 1.0, "k", {t}, <<"b">>, #{m => 1}, 1 bsl 70, [], 2]]),
    erlang:display(length(get())),
    erlang:display(length(get_keys())),
    erlang:display(get_keys({v, "k"})),
    [put({n, N}, N) || N <- seq(1, 5000)],
    erlang:display(sum(5000, 0)),
    [erase({n, N}) || N <- seq(1, 4990)],
    erlang:display(length(get())),
    erlang:display([get({n, N}) || N <- [4990, 4991, 5000]]),
    Me = self(),
    put(mine, yes),
    spawn(fun() -> put(other, 1), Me ! {get(mine), length(get())} end),
    erlang:display(receive X -> X end),
    erlang:display(length(erase())),
    erlang:display(get()),
    put(gc, lists_of(1000)), erlang:garbage_collect(),
    erlang:display(length(get(gc))),
    ok.

id(X) -> X.
seq(N, M) when N > M -> [];
seq(N, M) -> [N | seq(N + 1, M)].
sum(0, S) -> S;
sum(N, S) -> sum(N - 1, S + get({n, N})).
lists_of(N) -> [{X, [X]} || X <- seq(1, N)].
