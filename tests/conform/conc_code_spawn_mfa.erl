%% applications of exported, imported and built-in functions as processes
-module(conc_code_spawn_mfa).
-export([main/0, tell/3]).

main() ->
    Me = self(),
    spawn(erlang, send, [Me, from_bif]),
    io:format("~p~n", [receive X -> X end]),
    {_, R} = spawn_monitor(erlang, exit, [by_bif]),
    io:format("~p~n", [receive {'DOWN', R, _, _, W} -> W end]),
    {_, R2} = spawn_monitor(lists, foreach, [fun(I) -> Me ! I end, [1, 2, 3]]),
    io:format("~p~n", [[receive I -> I end || I <- [1, 2, 3]]]),
    io:format("~p~n", [receive {'DOWN', R2, _, _, W2} -> W2 end]),
    P = spawn(?MODULE, tell, [Me, a, [b]]),
    io:format("~p~n", [receive {P, Y} -> Y end]),
    {Q, R3} = spawn_monitor(timer, sleep, [infinity]),
    exit(Q, enough),
    io:format("~p~n", [receive {'DOWN', R3, _, _, W3} -> W3 end]),
    {_, R4} = spawn_monitor(erlang, apply, [fun(A, B) -> exit({A, B}) end, [1, 2]]),
    io:format("~p~n", [receive {'DOWN', R4, _, _, W4} -> W4 end]).

tell(To, A, B) -> To ! {self(), {A, B}}.
