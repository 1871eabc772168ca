%% links to processes that end at this moment are always answered
-module(conc_exit_race_link).
-export([main/0]).

main() ->
    Me = self(),
    Ws = [spawn_link(fun() -> process_flag(trap_exit, true), receive go -> ok end, Me ! {self(), watch(400)} end)
          || _ <- lists:seq(1, 6)],
    [W ! go || W <- Ws],
    io:format("~p~n", [lists:usort([receive {W, X} -> X end || W <- Ws])]).

watch(N) ->
    Ps = [begin
        P = spawn(fun() -> receive die -> exit(bye) end end),
        P ! die,
        link(P),
        P
    end || _ <- lists:seq(1, N)],
    lists:usort([receive {'EXIT', P, W} -> lists:member(W, [bye, noproc]) after 5000 -> lost end || P <- Ps]).
