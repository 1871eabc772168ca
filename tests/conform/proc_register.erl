%% Registered names: register, unregister, whereis, send by name, names freed at exit.
-module(proc_register).
-export([main/0, id/1]).

main() ->
    io:format("~p~n", [register(me, self())]),
    io:format("~p~n", [whereis(me) =:= self()]),
    me ! hi,
    io:format("~p~n", [receive X -> X end]),
    {me, node()} ! by_node,
    io:format("~p~n", [receive Y -> Y end]),
    io:format("~p~n", [erlang:send(me, sent)]),
    io:format("~p~n", [receive Z -> Z end]),
    io:format("~p~n", [lists:member(me, registered())]),
    io:format("~p~n", [process_info(self(), registered_name)]),
    [io:format("~p~n", [try F() catch C:R -> {C, R} end]) || F <- [fun() -> register(me, self()) end, fun() -> register(other, self()) end, fun() -> register(undefined, self()) end, fun() -> register("x", self()) end,
        fun() -> unregister(nobody) end, fun() -> nobody ! x end, fun() -> whereis(id("me")) end]],
    io:format("~p~n", [unregister(me)]),
    io:format("~p~n", [whereis(me)]),
    P = spawn(fun() -> receive stop -> ok end end),
    register(worker, P),
    R = monitor(process, worker),
    worker ! stop,
    receive {'DOWN', R, _, _, _} -> ok end,
    io:format("~p~n", [whereis(worker)]),
    io:format("~p~n", [try register(dead, P) catch C1:R1 -> {C1, R1} end]),
    io:format("~p~n", [erlang:send({nobody, node()}, x)]),
    io:format("~p~n", [process_info(self(), registered_name)]),
    ok.

id(X) -> X.
