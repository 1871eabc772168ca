%% monitors of processes that end at this moment are always answered
-module(conc_exit_race_monitor).
-export([main/0]).

main() ->
    Me = self(),
    Ws = [spawn_link(fun() -> receive go -> ok end, Me ! {self(), watch(400)} end) || _ <- lists:seq(1, 6)],
    [W ! go || W <- Ws],
    io:format("~p~n", [lists:usort([receive {W, X} -> X end || W <- Ws])]).

watch(N) ->
    Rs = [begin
        P = spawn(fun() -> receive die -> ok end end),
        P ! die,
        [monitor(process, P), monitor(process, P)]
    end || _ <- lists:seq(1, N)],
    lists:usort([receive {'DOWN', R, process, _, W} -> lists:member(W, [normal, noproc]) after 5000 -> lost end
                 || L <- Rs, R <- L]).
