%% a supervisor by hand that restarts what falls, and gives up after too many
-module(conc_restart_hand).
-export([main/0]).

main() ->
    Me = self(),
    S = spawn(fun() -> process_flag(trap_exit, true), Me ! {self(), sup(Me, start(Me), 0)} end),
    [begin
         W = receive {up, P} -> P end,
         case I of
             3 -> exit(W, kill);
             _ -> W ! {crash, I}
         end
     end || I <- lists:seq(1, 6)],
    io:format("~p~n", [receive {S, X} -> X end]).

start(Me) -> spawn_link(fun() -> Me ! {up, self()}, receive {crash, N} -> exit({crashed, N}) end end).
sup(Me, W, N) ->
    receive {'EXIT', W, Why} ->
        Me ! {log, N, Why},
        case N of 5 -> [receive_all(), too_many]; _ -> sup(Me, start(Me), N + 1) end
    end.
receive_all() -> process_info(self(), message_queue_len).
