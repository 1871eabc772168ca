%% barriers in rounds: nobody is in a round before all have left the one before
-module(conc_barrier).
-export([main/0]).

main() ->
    Me = self(), A = counters:new(20, []),
    B = spawn(fun() -> barrier(12, []) end),
    Ps = [spawn(fun() -> Me ! {self(), rounds(1, A, B)} end) || _ <- lists:seq(1, 12)],
    io:format("~p~n", [lists:usort([receive {P, X} -> X after 10000 -> stuck end || P <- Ps])]),
    io:format("~p~n", [[counters:get(A, I) || I <- lists:seq(1, 20)]]).

rounds(21, _, _) -> ok;
rounds(R, A, B) ->
    counters:add(A, R, 1),
    B ! {here, self()}, receive {B, go} -> ok end,
    12 = counters:get(A, R),
    rounds(R + 1, A, B).
barrier(0, Ps) -> [P ! {self(), go} || P <- Ps], barrier(12, []);
barrier(N, Ps) -> receive {here, P} -> barrier(N - 1, [P | Ps]) end.
