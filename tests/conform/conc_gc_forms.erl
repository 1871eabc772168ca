%% garbage_collect of oneself and others, with every option
-module(conc_gc_forms).
-export([main/0, id/1]).

main() ->
    P = spawn(fun() -> receive stop -> ok end end),
    B = spawn(fun() -> busy(lists:seq(1, 100)) end),
    io:format("~p~n", [[garbage_collect(), garbage_collect(self()), garbage_collect(P), garbage_collect(B)]]),
    io:format("~p~n", [[garbage_collect(Q, [{type, T}]) || Q <- [self(), P, B], T <- [major, minor]]]),
    io:format("~p~n", [[begin async = garbage_collect(Q, [{async, {id, N}}]), receive {garbage_collect, {id, N}, X} -> X after 5000 -> lost end end || {Q, N} <- [{self(), 1}, {P, 2}, {B, 3}]]]),
    io:format("~p~n", [[try garbage_collect(P, id(O)) catch C:E -> {C, E} end || O <- [x, [x], [{type, x}], [{type, major} | x], [{async}]]]]),
    R = monitor(process, P), P ! stop, receive {'DOWN', R, _, _, _} -> ok end,
    io:format("~p~n", [[garbage_collect(P), garbage_collect(P, [{type, minor}]), garbage_collect(P, [{async, a}])]]),
    io:format("~p~n", [receive {garbage_collect, a, X} -> X after 1000 -> none end]),
    exit(B, kill).

busy(L) -> busy(lists:reverse(L)).
id(X) -> X.
