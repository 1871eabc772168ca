%% references used again, two references in flight, replies in any order
-module(conc_recv_marker_twice).
-export([main/0]).

main() ->
    R1 = make_ref(), R2 = make_ref(),
    self() ! {R2, b}, self() ! {R1, a}, self() ! x,
    io:format("~p~n", [receive {R1, A} -> A end]),
    self() ! {R1, again},
    io:format("~p~n", [receive {R1, A2} -> A2 end]),
    io:format("~p~n", [receive {R2, B} -> B end]),
    io:format("~p~n", [receive {R1, _} -> no after 0 -> none end]),
    Rs = [make_ref() || _ <- lists:seq(1, 30)],
    [self() ! {R, N} || {R, N} <- lists:reverse(lists:zip(Rs, lists:seq(1, 30)))],
    io:format("~p~n", [[receive {R, N} -> N end || R <- Rs]]),
    io:format("~p~n", [receive X -> X end]),
    io:format("~p~n", [wait(make_ref())]).

wait(Ref) ->
    self() ! {Ref, 1},
    self() ! {Ref, 2},
    Y = receive {Ref, X} when X > 1 -> X end,
    receive {Ref, Z} -> {Y, Z} end.
