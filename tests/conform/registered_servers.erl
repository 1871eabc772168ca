%% A name that OTP's own server has cannot be taken.
-module(registered_servers).
-export([main/0]).

main() ->
    {'EXIT', {Why, _}} = (catch register(code_server, self())),
    io:format("~p ~p~n", [Why, is_pid(whereis(code_server))]),
    io:format("~p~n", [lists:member(code_server, registered())]).
