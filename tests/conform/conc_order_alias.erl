%% order is kept between an alias and a pid of the same process
-module(conc_order_alias).
-export([main/0]).

main() ->
    Me = self(), A = alias(),
    spawn(fun() -> [case K rem 2 of 0 -> A ! K; 1 -> Me ! K end || K <- lists:seq(1, 1000)] end),
    io:format("~p~n", [[receive X -> X end || _ <- lists:seq(1, 1000)] =:= lists:seq(1, 1000)]).
