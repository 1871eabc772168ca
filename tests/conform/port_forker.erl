%% the port that is there from the start
-module(port_forker).
-export([main/0]).
main() ->
    [P | _] = erlang:ports(),
    io:format("~p ~p~n", [is_port(P), erlang:port_info(P, name)]),
    io:format("~p~n", [[erlang:port_info(P, I) || I <- [links, input, output, os_pid, registered_name]]]),
    io:format("~p~n", [P =:= list_to_port(port_to_list(P))]),
    io:format("~p~n", [lists:member(P, erlang:ports())]),
    io:format("~p~n", [binary_to_term(term_to_binary(P)) =:= P]),
    Q = open_port({spawn, "cat"}, []),
    io:format("~p~n", [[lists:member(X, erlang:ports()) || X <- [P, Q]]]),
    port_close(Q),
    io:format("~p~n", [[lists:member(X, erlang:ports()) || X <- [P, Q]]]),
    case erlang:port_info(P, connected) of {connected, Pid} -> io:format("~p~n", [is_process_alive(Pid)]) end.
