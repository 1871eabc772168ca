%% references made at the same time by many processes are all different
-module(conc_limits_ref).
-export([main/0]).

main() ->
    Me = self(),
    Ps = [spawn(fun() -> Me ! {self(), [make_ref() || _ <- lists:seq(1, 1000)]} end) || _ <- lists:seq(1, 20)],
    L = lists:append([receive {P, X} -> X end || P <- Ps]),
    io:format("~p~n", [length(lists:usort(L))]),
    Us = [spawn(fun() -> Me ! {self(), [erlang:unique_integer([monotonic]) || _ <- lists:seq(1, 1000)]} end) || _ <- lists:seq(1, 10)],
    Ls = [receive {P, X} -> X end || P <- Us],
    io:format("~p ~p~n", [length(lists:usort(lists:append(Ls))), lists:usort([lists:sort(X) =:= X || X <- Ls])]),
    Vs = [spawn(fun() -> Me ! {self(), [erlang:unique_integer([positive]) || _ <- lists:seq(1, 1000)]} end) || _ <- lists:seq(1, 10)],
    io:format("~p~n", [length(lists:usort(lists:append([receive {P, X} -> X end || P <- Vs])))]).
