%% dining philosophers with forks as processes; all eat, no fork is used by two
-module(conc_philosophers).
-export([main/0]).

main() ->
    Me = self(),
    N = 7,
    Forks = [spawn(fun() -> fork() end) || _ <- lists:seq(1, N)],
    Ps = [begin
        {A, B} = {lists:nth(I, Forks), lists:nth(I rem N + 1, Forks)},
        {F, S} = case I of N -> {B, A}; _ -> {A, B} end,
        spawn(fun() -> dine(50, F, S), Me ! {ate, self()} end)
    end || I <- lists:seq(1, N)],
    io:format("~p~n", [[receive {ate, P} -> 50 after 10000 -> starved end || P <- Ps]]),
    io:format("~p~n", [[begin F ! {stop, Me}, receive {F, X} -> X end end || F <- Forks]]).

dine(0, _, _) -> ok;
dine(K, F, S) ->
    [begin X ! {take, self()}, receive {X, yours} -> ok end end || X <- [F, S]],
    [X ! {put, self()} || X <- [F, S]],
    dine(K - 1, F, S).
fork() -> receive {take, P} -> P ! {self(), yours}, receive {put, P} -> fork() end; {stop, To} -> To ! {self(), free} end.
