%% what a process sends through a third one may overtake its end, what it sends itself not
-module(conc_order_relay_down).
-export([main/0]).

main() ->
    Me = self(),
    L = [begin
        {P, R} = spawn_monitor(fun() -> Me ! one, Me ! two, Me ! three end),
        receive A -> ok end, receive B -> ok end, receive C -> ok end, receive D -> ok end,
        {A, B, C, D =:= {'DOWN', R, process, P, normal}}
    end || _ <- lists:seq(1, 200)],
    io:format("~p~n", [lists:usort(L)]).
