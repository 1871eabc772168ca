%% a message sent after a deadly exit signal is never acted on
-module(conc_order_exit_then_msg).
-export([main/0]).

main() ->
    Me = self(),
    [begin
         P = spawn(fun() -> receive go -> Me ! wrong end end),
         R = monitor(process, P),
         exit(P, stop), P ! go,
         receive {'DOWN', R, process, P, stop} -> ok end
     end || _ <- lists:seq(1, 300)],
    io:format("~p~n", [receive wrong -> wrong after 0 -> right end]).
