%% Many senders to one receiver: per-sender order holds, nothing lost, nothing twice.
-module(proc_many_senders).
-export([main/0, id/1]).

main() ->
    Me = self(),
    Senders = [spawn(fun() -> [Me ! {self(), N} || N <- lists:seq(1, 2000)] end) || _ <- lists:seq(1, 20)],
    io:format("~p~n", [collect(maps:from_list([{P, 0} || P <- Senders]), 20 * 2000)]),
    io:format("~p~n", [receive X -> X after 20 -> empty end]),
    Hub = spawn(fun() -> hub([]) end),
    Cs = [spawn(fun() -> Hub ! {join, self()}, receive {all, L} -> Me ! {done, length(L)} end end) || _ <- lists:seq(1, 100)],
    timer:sleep(50),
    Hub ! broadcast,
    io:format("~p~n", [lists:usort([receive {done, N} -> N end || _ <- Cs])]),
    ok.

id(X) -> X.
collect(M, 0) -> lists:usort(maps:values(M));
collect(M, N) ->
    receive
        {P, K} ->
            case M of
                #{P := Prev} when Prev + 1 =:= K -> collect(M#{P := K}, N - 1);
                #{P := Prev} -> {out_of_order, Prev, K}
            end
    end.
hub(L) -> receive {join, P} -> hub([P | L]); broadcast -> [P ! {all, L} || P <- L], hub(L) end.
