%% Places in a trace that are too far down a file to be known.
-module(err_far_line).
-export([main/0, id/1, far/1, farther/1]).

main() ->
    t(fun() -> far(1) end),
    t(fun() -> farther(1) end).

id(X) -> X.

t(F) ->
    try F()
    catch error:R:S -> io:format("~p ~p~n", [R, hd(S)])
    end.

-file("far.erl", 16777209).

far(X) ->
    X = id(2),
    ok.

farther(X) ->
    X = id(2),
    ok.
