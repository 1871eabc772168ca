%% timeouts of all kinds: 0, small, infinity, too large, no numbers
-module(conc_recv_timeout_values).
-export([main/0, id/1]).

main() ->
    io:format("~p~n", [receive x -> x after 0 -> zero end]),
    io:format("~p~n", [receive x -> x after id(0) -> zero end]),
    io:format("~p~n", [receive x -> x after id(1) -> one end]),
    [io:format("~p: ~p~n", [T, try receive x -> x after id(T) -> timeout end catch C:R -> {C, R} end])
     || T <- [-1, 1.0, atom, "list", <<1>>, {1}, 16#100000000, 1 bsl 70, -1 bsl 70, #{}]],
    self() ! x,
    [io:format("~p: ~p~n", [T, try receive y -> y after id(T) -> timeout end catch C:R -> {C, R} end])
     || T <- [-1, infinit]],
    io:format("~p~n", [receive x -> got after id(bad) -> bad end]),
    self() ! y,
    io:format("~p~n", [receive y -> got after infinity -> never end]),
    self() ! z,
    io:format("~p~n", [receive z -> got after id(16#ffffffff) -> never end]),
    io:format("~p~n", [try receive after id(foo) -> ok end catch C1:R1 -> {C1, R1} end]).

id(X) -> X.
