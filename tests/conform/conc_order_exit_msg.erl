%% messages sent before an end arrive before the exit signal and the DOWN message
-module(conc_order_exit_msg).
-export([main/0]).

main() ->
    process_flag(trap_exit, true),
    Me = self(),
    Ok = [begin
        P = spawn_link(fun() -> [Me ! {self(), K} || K <- lists:seq(1, I rem 7)], exit({bye, I}) end),
        R = monitor(process, P),
        Msgs = until_down(R, P, []),
        case lists:reverse(Msgs) of
            L -> [K || {m, K} <- L] =:= lists:seq(1, I rem 7)
        end
     end || I <- lists:seq(1, 300)],
    io:format("~p~n", [lists:usort(Ok)]),
    io:format("~p~n", [receive X -> X after 0 -> empty end]).

until_down(R, P, A) ->
    receive
        {P, K} -> until_down(R, P, [{m, K} | A]);
        {'DOWN', R, process, P, _} ->
            receive {'EXIT', P, _} -> ok end,
            receive {P, _} -> [late] after 0 -> A end
    end.
