%% collecting processes with much in them while they work does not harm them
-module(conc_gc_others).
-export([main/0]).

main() ->
    Me = self(),
    Ps = [spawn(fun() -> Me ! {self(), work(40, #{}, I)} end) || I <- lists:seq(1, 4)],
    C = spawn(fun() -> collect(Ps) end),
    io:format("~p~n", [lists:usort([receive {P, X} -> X end || P <- Ps])]),
    exit(C, kill).

work(0, M, I) -> lists:sum(maps:values(M)) =:= 40 * (500500 + 1000 * I);
work(N, M, I) -> work(N - 1, M#{{N, "key", <<N:64>>} => lists:sum([X + I || X <- lists:seq(1, 1000)])}, I).
collect(Ps) -> [garbage_collect(P) || P <- Ps], collect(Ps).
