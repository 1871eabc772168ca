%% Words of a text as lists of characters, counted in a map and sorted.
-module(word_count).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 90 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) ->
    T = lists:flatten([[lists:nth(K rem 9 + 1, ["the", "quick", "brown", "fox", "jumps", "over", "a", "lazy", "dog"]), integer_to_list(K rem 100), $\s] || K <- lists:seq(1, 20000)]),
    run(N, T, 0).

run(0, _, A) -> A;
run(N, T, A) ->
    M = words(T, [], #{}),
    L = lists:sort([{C, W} || {W, C} <- maps:to_list(M)]),
    {C, W} = lists:last(L),
    run(N - 1, T, A + C + length(W) + map_size(M)).

words([], W, M) -> add(W, M);
words([C | T], W, M) when C =:= $\s; C =:= $\n -> words(T, [], add(W, M));
words([C | T], W, M) -> words(T, [C | W], M).

add([], M) -> M;
add(W, M) ->
    K = lists:reverse(W),
    case M of
        #{K := N} -> M#{K := N + 1};
        #{} -> M#{K => 1}
    end.
