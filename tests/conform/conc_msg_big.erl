%% large messages of every kind arrive equal
-module(conc_msg_big).
-export([main/0]).

main() ->
    Me = self(),
    P = spawn(fun() -> echo(Me) end),
    Ts = [lists:seq(1, 100000), binary:copy(<<"abc">>, 300000), maps:from_list([{I, {I, [I]}} || I <- lists:seq(1, 5000)]), list_to_tuple(lists:seq(1, 10000)),
          1 bsl 10000, [binary:part(binary:copy(<<"x">>, 10000), I, 100) || I <- lists:seq(1, 100)], deep(20000), [fun(X) -> X + I end || I <- lists:seq(1, 100)], "", {}, <<1:1>>, 1.0e300],
    io:format("~p~n", [[begin P ! T, receive {back, X} -> X =:= T end end || T <- Ts]]).

deep(0) -> [];
deep(N) -> [deep(N - 1)].
echo(Me) -> receive X -> Me ! {back, X}, echo(Me) end.
