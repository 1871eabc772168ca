%% nothing arrives through an alias after unalias has returned
-module(conc_alias_unalias_race).
-export([main/0]).

main() ->
    L = [begin
        A = alias(),
        P = spawn(fun() -> send(A, 1) end),
        receive {A, 1} -> ok end,
        unalias(A),
        N = drain(A, 0),
        erlang:yield(),
        exit(P, kill),
        R = monitor(process, P), receive {'DOWN', R, _, _, _} -> ok end,
        {N >= 0, receive {A, _} -> late after 0 -> clean end}
    end || _ <- lists:seq(1, 30)],
    io:format("~p~n", [lists:usort(L)]).

send(A, N) -> A ! {A, N}, send(A, N + 1).
drain(A, N) -> receive {A, _} -> drain(A, N + 1) after 0 -> N end.
