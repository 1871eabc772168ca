%% processes/0 holds what is alive and nothing that was seen to end
-module(conc_procs_list).
-export([main/0]).

main() ->
    Before = processes(),
    Ps = [spawn(fun() -> receive stop -> ok end end) || _ <- lists:seq(1, 500)],
    io:format("~p~n", [Ps -- processes()]),
    io:format("~p~n", [lists:member(self(), Before)]),
    {Half, Rest} = lists:split(250, Ps),
    Rs = [monitor(process, P) || P <- Half],
    [P ! stop || P <- Half], [receive {'DOWN', R, _, _, _} -> ok end || R <- Rs],
    Now = processes(),
    io:format("~p ~p~n", [[P || P <- Half, lists:member(P, Now)], Rest -- Now]),
    io:format("~p~n", [length(lists:usort(Now)) =:= length(Now)]),
    io:format("~p~n", [lists:usort([is_process_alive(P) || P <- Rest])]),
    io:format("~p~n", [lists:usort([is_process_alive(P) || P <- Half])]),
    [exit(P, kill) || P <- Rest],
    io:format("~p~n", [lists:usort([is_process_alive(P) || P <- Rest])]).
