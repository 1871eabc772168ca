%% timeout_value and other errors of receive, timers and sleep.
-module(err_timeout_value).
-export([main/0, id/1]).

main() ->
    t(fun() -> receive after id(a) -> x end end),
    t(fun() -> receive after id(-1) -> x end end),
    t(fun() -> receive after id(1.5) -> x end end),
    t(fun() -> receive z -> z after id(1 bsl 32) -> x end end),
    t(fun() -> receive z -> z after id(1 bsl 80) -> x end end),
    t(fun() -> receive after id([]) -> x end end),
    t(fun() -> self() ! m, receive m -> got after id(bad) -> x end end),
    t(fun() -> receive after id(0) -> zero end end),
    t(fun() -> self() ! m1, catch (receive z -> z after id(bad) -> x end), receive m1 -> got end end),
    t(fun() -> self() ! m2, catch (receive z -> z after bad -> x end),
               R = make_ref(), self() ! R, receive R -> ok end, receive m2 -> got end end),
    t(fun() -> timer:sleep(id(1)) end),
    t(fun() -> timer:sleep(id(-5)) end),
    ok.

id(X) -> X.
t(F) ->
    try F() of V -> io:format("ok ~p~n", [V])
    catch C:R:S -> io:format("~p ~p~n~p~n", [C, R, S])
    end.
