%% processes of all priorities finish their work, whatever the others do
-module(conc_prio_all).
-export([main/0]).

main() ->
    Me = self(),
    Ps = [spawn_opt(fun() -> Me ! {self(), Pr, sum(20000, 0)} end, [{priority, Pr}]) || _ <- lists:seq(1, 20), Pr <- [low, normal, high, max]],
    io:format("~p~n", [lists:usort([receive {P, Pr, S} -> {Pr, S} after 10000 -> stuck end || P <- Ps])]),
    P = spawn(fun() -> [begin process_flag(priority, Pr), erlang:yield() end || Pr <- [low, high, max, normal, low]], Me ! {pr, process_info(self(), priority)} end),
    io:format("~p~n", [receive {pr, X} -> X after 5000 -> {stuck, P} end]).

sum(0, S) -> S;
sum(N, S) -> sum(N - 1, S + N).
