%% a bounded buffer with waiting producers and consumers
-module(conc_buffer).
-export([main/0]).

main() ->
    Me = self(),
    B = spawn(fun() -> buffer(queue:new(), 0, 5) end),
    [spawn(fun() -> [call(B, {put, {I, K}}) || K <- lists:seq(1, 50)] end) || I <- lists:seq(1, 8)],
    Cs = [spawn(fun() -> Me ! {self(), [call(B, get) || _ <- lists:seq(1, 100)]} end) || _ <- lists:seq(1, 4)],
    Ls = [receive {C, L} -> L end || C <- Cs],
    io:format("~p~n", [lists:sort(lists:append(Ls)) =:= [{I, K} || I <- lists:seq(1, 8), K <- lists:seq(1, 50)]]),
    io:format("~p~n", [lists:usort([lists:sort(S) =:= S || L <- Ls, I <- lists:seq(1, 8), S <- [[K || {J, K} <- L, J =:= I]]])]).

call(B, R) -> Ref = make_ref(), B ! {R, Ref, self()}, receive {Ref, X} -> X end.
buffer(Q, N, Max) ->
    receive
        {{put, X}, Ref, P} when N < Max -> P ! {Ref, ok}, buffer(queue:in(X, Q), N + 1, Max);
        {get, Ref, P} when N > 0 -> {{value, X}, Q2} = queue:out(Q), P ! {Ref, X}, buffer(Q2, N - 1, Max)
    end.
