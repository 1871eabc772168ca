%% calls with a monitor and alias in one: replies, late replies, dead servers
-module(conc_alias_call).
-export([main/0]).

main() ->
    S = spawn(fun server/0),
    io:format("~p~n", [[call(S, {add, I, I}, 1000) || I <- [1, 2, 3]]]),
    io:format("~p~n", [call(S, {slow, 40}, 5)]),
    io:format("~p~n", [call(S, {add, 1, 2}, 5000)]),
    io:format("~p~n", [call(S, die, 1000)]),
    io:format("~p~n", [call(S, {add, 1, 1}, 1000)]),
    timer:sleep(10),
    io:format("~p~n", [process_info(self(), message_queue_len)]),
    io:format("~p~n", [process_info(self(), monitors)]).

call(S, Req, T) ->
    M = monitor(process, S, [{alias, reply_demonitor}]),
    S ! {M, Req},
    receive
        {M, Reply} -> {ok, Reply};
        {'DOWN', M, process, S, Why} -> {down, Why}
    after T ->
        demonitor(M, [flush]),
        receive {M, Reply} -> {late, Reply} after 0 -> timeout end
    end.
server() ->
    receive
        {From, {add, A, B}} -> From ! {From, A + B}, server();
        {From, {slow, T}} -> receive after T -> From ! {From, slow} end, server();
        {_, die} -> exit(died)
    end.
