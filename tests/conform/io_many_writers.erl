%% Several processes write lines: each line whole, the group leader serves them all.
-module(io_many_writers).
-export([main/0]).

main() ->
    Me = self(),
    Ps = [spawn(fun() -> receive go -> ok end, [io:format("line ~p of writer ~p ~s~n", [K, N, lists:duplicate(20, $a + N)]) || K <- [1, 2, 3]], Me ! {done, self()} end) || N <- lists:seq(0, 9)],
    [begin P ! go, receive {done, P} -> ok end end || P <- Ps],
    GL = group_leader(),
    spawn(fun() -> Me ! {gl, group_leader() =:= GL} end),
    io:format("~p~n", [receive {gl, X} -> X end]),
    Collector = spawn(fun() -> collect([], Me) end),
    group_leader(Collector, self()),
    io:format("captured ~p~n", [1]),
    group_leader(GL, self()),
    Collector ! stop,
    io:format("~p~n", [receive {captured, C} -> C end]),
    ok.

collect(A, To) ->
    receive
        {io_request, From, Ref, {put_chars, Enc, M, F, As}} -> From ! {io_reply, Ref, ok}, collect([{Enc, lists:flatten(apply(M, F, As))} | A], To);
        {io_request, From, Ref, {put_chars, Enc, Cs}} -> From ! {io_reply, Ref, ok}, collect([{Enc, Cs} | A], To);
        stop -> To ! {captured, A}
    end.
