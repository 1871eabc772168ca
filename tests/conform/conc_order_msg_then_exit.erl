%% a message sent before an exit signal is there when the signal is trapped
-module(conc_order_msg_then_exit).
-export([main/0]).

main() ->
    Me = self(),
    P = spawn(fun() -> process_flag(trap_exit, true), Me ! ready, loop(Me, 0) end),
    receive ready -> ok end,
    [begin P ! {m, I}, exit(P, {x, I}) end || I <- lists:seq(1, 500)],
    P ! stop,
    receive {done, N} -> io:format("~p~n", [N]) end.

loop(Me, N) ->
    receive
        {m, I} when I =:= N + 1 ->
            receive
                {'EXIT', Me, {x, I}} -> loop(Me, I);
                Other -> Me ! {done, {other, Other}}
            end;
        stop -> Me ! {done, N};
        Other -> Me ! {done, {unexpected, Other}}
    end.
