%% order is kept through a chain of forwarders, for each source
-module(conc_order_chain).
-export([main/0]).

main() ->
    Me = self(),
    First = lists:foldl(fun(_, Next) -> spawn(fun() -> forward(Next) end) end, Me, lists:seq(1, 30)),
    [spawn(fun() -> [First ! {I, K} || K <- lists:seq(1, 100)] end) || I <- lists:seq(1, 5)],
    L = [receive {_, _} = X -> X end || _ <- lists:seq(1, 500)],
    [io:format("~p ~p~n", [I, [K || {J, K} <- L, J =:= I] =:= lists:seq(1, 100)]) || I <- lists:seq(1, 5)].

forward(Next) -> receive X -> Next ! X, forward(Next) end.
