%% of many processes that want one name exactly one gets it at a time
-module(conc_name_clash).
-export([main/0]).

main() ->
    Me = self(),
    L = [begin
        Ps = [spawn(fun() -> Me ! {self(), try register(conc_one, self()) catch error:badarg -> no end}, receive stop -> ok end end) || _ <- lists:seq(1, 8)],
        Got = lists:sort([receive {P, X} -> X end || P <- Ps]),
        W = lists:member(whereis(conc_one), Ps),
        Rs = [monitor(process, P) || P <- Ps],
        [P ! stop || P <- Ps],
        [receive {'DOWN', R, _, _, _} -> ok end || R <- Rs],
        {Got, W, whereis(conc_one)}
    end || _ <- lists:seq(1, 100)],
    io:format("~p~n", [lists:usort(L)]).
