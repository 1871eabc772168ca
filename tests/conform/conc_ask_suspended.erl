%% a suspended process answers, is collected, told of links and killed
-module(conc_ask_suspended).
-export([main/0]).

main() ->
    P = spawn(fun() -> busy(0) end),
    erlang:suspend_process(P),
    io:format("~p~n", [[process_info(P, status), process_info(P, links), is_process_alive(P), garbage_collect(P)]]),
    P ! a, P ! b,
    io:format("~p~n", [process_info(P, messages)]),
    link(P),
    io:format("~p~n", [process_info(P, links) =:= {links, [self()]}]),
    unlink(P),
    io:format("~p~n", [process_info(P, links)]),
    R = monitor(process, P),
    exit(P, normal),
    io:format("~p~n", [is_process_alive(P)]),
    exit(P, over),
    io:format("~p~n", [receive {'DOWN', R, _, _, W} -> W after 3000 -> held end]).

busy(N) -> busy(N + 1).
