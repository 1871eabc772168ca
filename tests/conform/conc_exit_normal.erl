%% the reason normal: ignored by others, deadly to oneself, a message where trapped
-module(conc_exit_normal).
-export([main/0]).

main() ->
    Me = self(),
    P = spawn(fun() -> receive ping -> Me ! pong, receive stop -> ok end end end),
    exit(P, normal), P ! ping,
    io:format("~p~n", [receive pong -> pong end]),
    {_, R1} = spawn_monitor(fun() -> exit(self(), normal), Me ! not_reached end),
    io:format("~p~n", [receive {'DOWN', R1, _, _, W1} -> W1 end]),
    Q = spawn(fun() -> process_flag(trap_exit, true), Me ! ready, receive {'EXIT', From, W} -> Me ! {trapped, From =:= Me, W} end end),
    receive ready -> ok end, exit(Q, normal),
    io:format("~p~n", [receive {trapped, _, _} = T -> T end]),
    {S, R2} = spawn_monitor(fun() -> link(P), Me ! linked, receive stop -> survived end end),
    receive linked -> ok end,
    P ! stop,
    S ! stop,
    io:format("~p~n", [receive {'DOWN', R2, _, _, W2} -> W2 end]),
    {_, R3} = spawn_monitor(fun() -> process_flag(trap_exit, true), exit(self(), normal), receive X -> exit({mail, element(3, X), element(2, X) =:= self()}) end end),
    io:format("~p~n", [receive {'DOWN', R3, _, _, W3} -> W3 end]),
    io:format("~p~n", [receive X -> X after 0 -> none end]).
