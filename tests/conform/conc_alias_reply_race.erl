%% of many senders to a reply alias exactly one gets through
-module(conc_alias_reply_race).
-export([main/0]).

main() ->
    L = [begin
        A = alias([reply]),
        Ps = [spawn_monitor(fun() -> A ! {A, I} end) || I <- lists:seq(1, 10)],
        [receive {'DOWN', R, _, _, _} -> ok end || {_, R} <- Ps],
        N = count(A),
        {N, unalias(A)}
    end || _ <- lists:seq(1, 200)],
    io:format("~p~n", [lists:usort(L)]).

count(A) -> receive {A, _} -> 1 + count(A) after 0 -> 0 end.
