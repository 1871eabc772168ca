%% What catch gives for errors, exits and throws; 'EXIT' tuples with full traces.
-module(err_catch_value).
-export([main/0, id/1, f/1]).

main() ->
    io:format("~p~n", [catch f(1)]),
    io:format("~p~n", [catch f(id(a))]),
    io:format("~p~n", [catch f({x})]),
    io:format("~p~n", [catch exit(f(1))]),
    io:format("~p~n", [catch throw(f(1))]),
    io:format("~p~n", [catch erlang:error(f(1))]),
    io:format("~p~n", [catch nope:nope()]),
    io:format("~p~n", [catch list_to_integer(id("q"))]),
    X = (catch lists:nth(id(9), [1])),
    io:format("~p~n", [X]),
    io:format("~p~n", [catch {ok, catch 1 + id(z)}]),
    ok.

id(X) -> X.
f(1) -> one;
f(X) when is_atom(X) -> [X + 1].
