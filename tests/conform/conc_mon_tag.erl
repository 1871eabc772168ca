%% monitor tags of every kind, by pid and by name, of the living and the dead
-module(conc_mon_tag).
-export([main/0]).

main() ->
    [begin
         P = spawn(fun() -> receive stop -> exit(end_of_it) end end),
         R = monitor(process, P, [{tag, Tag}]),
         P ! stop,
         receive {T, R, process, P, W} -> io:format("~p ~p~n", [T =:= Tag, W]) end,
         R2 = monitor(process, P, [{tag, Tag}]),
         receive {T2, R2, process, P, W2} -> io:format("~p ~p~n", [T2 =:= Tag, W2]) end,
         R3 = monitor(process, conc_no_such_name, [{tag, Tag}]),
         receive {T3, R3, process, {N, Nd}, W3} -> io:format("~p ~p ~p~n", [T3 =:= Tag, {N, Nd =:= node()}, W3]) end
     end || Tag <- ['DOWN', x, 1, {a, [b]}, "tag", #{k => v}, binary:copy(<<"b">>, 200), 1 bsl 80, make_ref(), []]],
    {P, R} = spawn_opt(fun() -> exit(bye) end, [{monitor, [{tag, {my, tag}}]}]),
    io:format("~p~n", [receive {{my, tag}, R, process, P, W} -> W end]),
    io:format("~p~n", [demonitor(monitor(process, self(), [{tag, x}]), [info])]),
    Q = spawn(fun() -> receive stop -> ok end end),
    R4 = monitor(process, Q, [{tag, a}, {tag, b}]), Q ! stop,
    io:format("~p~n", [receive {T4, R4, _, _, _} -> T4 end]),
    io:format("~p~n", [receive X -> X after 0 -> none end]).
