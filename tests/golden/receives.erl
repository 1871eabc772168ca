%% Receive: a loop head that is resumed, a timeout, a marker for a fresh reference.
-module(receives).
-export([timeout/1, forever/0, call/2]).

timeout(Ms) ->
    receive {msg, M} -> M after Ms -> timeout end.

forever() ->
    receive stop -> ok; _ -> forever() end.

call(Pid, Q) ->
    Ref = make_ref(),
    Pid ! {self(), Ref, Q},
    receive {Ref, A} -> A end.
