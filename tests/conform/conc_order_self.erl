%% messages to oneself keep their order among those of others
-module(conc_order_self).
-export([main/0]).

main() ->
    Me = self(),
    Other = spawn(fun() -> [Me ! {other, I} || I <- lists:seq(1, 500)] end),
    [Me ! {me, I} || I <- lists:seq(1, 500)],
    All = [receive X -> X end || _ <- lists:seq(1, 1000)],
    io:format("~p ~p~n", [[I || {me, I} <- All] =:= lists:seq(1, 500), [I || {other, I} <- All] =:= lists:seq(1, 500)]),
    io:format("~p~n", [is_pid(Other)]).
