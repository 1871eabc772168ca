%% questions to processes that end at this moment are always answered
-module(conc_exit_race_ask).
-export([main/0]).

main() ->
    Me = self(),
    Ws = [spawn_link(fun() -> receive go -> ok end, Me ! {self(), ask(300)} end) || _ <- lists:seq(1, 6)],
    [W ! go || W <- Ws],
    io:format("~p~n", [lists:usort(lists:append([receive {W, X} -> X after 10000 -> [lost] end || W <- Ws]))]).

ask(N) -> lists:usort([ask_one(I rem 4) || I <- lists:seq(1, N)]).
ask_one(K) ->
    P = spawn(fun() -> receive die -> ok end end),
    P ! die,
    case K of
        0 -> is_boolean(is_process_alive(P));
        1 -> case process_info(P, links) of undefined -> true; {links, L} -> is_list(L) end;
        2 -> is_boolean(garbage_collect(P));
        3 -> try erlang:suspend_process(P) catch error:badarg -> true end
    end.
