%% The environment and the operating system: os:getenv, putenv, type, cwd.
-module(cli_env).
-export([main/0]).

main() ->
    io:format("~p~n", [os:getenv("TZ")]),
    io:format("~p~n", [os:getenv("NO_SUCH_VARIABLE_HERE")]),
    io:format("~p~n", [os:getenv("NO_SUCH_VARIABLE_HERE", "default")]),
    io:format("~p~n", [os:putenv("CONFORM_X", "y=z")]),
    io:format("~p~n", [os:getenv("CONFORM_X")]),
    io:format("~p~n", [os:unsetenv("CONFORM_X")]),
    io:format("~p~n", [os:getenv("CONFORM_X")]),
    io:format("~p~n", [os:type()]),
    io:format("~p~n", [element(1, file:get_cwd())]),
    io:format("~p~n", [lists:all(fun(C) -> C >= $0 andalso C =< $9 end, os:getpid())]),
    io:format("~p~n", [erlang:system_info(otp_release)]),
    io:format("~p~n", [erlang:system_info(wordsize)]),
    io:format("~p~n", [{node(), is_alive(), nodes()}]),
    io:format("~p~n", [erlang:system_info(endian)]),
    ok.
