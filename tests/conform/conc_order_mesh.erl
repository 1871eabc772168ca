%% all to all: every process sees each other's messages in order
-module(conc_order_mesh).
-export([main/0]).

main() ->
    Me = self(),
    Ps = [spawn(fun() -> receive {all, All} -> member(Me, All) end end) || _ <- lists:seq(1, 20)],
    [P ! {all, Ps} || P <- Ps],
    io:format("~p~n", [lists:usort([receive {done, P, X} -> X end || P <- Ps])]).

member(Me, All) ->
    [P ! {self(), K} || K <- lists:seq(1, 30), P <- All],
    Seen = lists:foldl(fun(_, A) -> receive {From, K} -> maps:update_with(From, fun(L) -> [K | L] end, [K], A) end end,
                       #{}, lists:seq(1, 30 * length(All))),
    Me ! {done, self(), lists:usort([lists:reverse(L) || L <- maps:values(Seen)]) =:= [lists:seq(1, 30)]}.
