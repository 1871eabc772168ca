%% collections while thousands of messages wait, with terms that refer to old ones
-module(conc_msg_gc_queue).
-export([main/0]).

main() ->
    Me = self(),
    P = spawn(fun() -> receive start -> ok end, Me ! {done, rec(500, [], #{})} end),
    [P ! {item, I, [I, {I}, integer_to_binary(I), float(I)]} || I <- lists:seq(1, 500)],
    [garbage_collect(P) || _ <- [1, 2, 3]],
    P ! start,
    io:format("~p~n", [receive {done, X} -> X end]).

rec(0, A, M) -> {length(A), maps:size(M), lists:sum([N || {item, N, _} <- A])};
rec(N, A, M) ->
    receive {item, I, [I, {I}, B, F]} = X when F == I ->
        case N rem 10 of 0 -> garbage_collect(); _ -> ok end,
        rec(N - 1, [X | A], M#{B => X})
    end.
