-module(macro_names).
-export([main/0, 'odd name'/1]).
-define(HERE, {?MODULE, ?FUNCTION_NAME, ?FUNCTION_ARITY, ?LINE}).
-define(STR(X), {??X, X}).
-define(MAX(A, B), case {A, B} of {A_, B_} when A_ > B_ -> A_; {_, B_} -> B_ end).
-ifdef(NOT_THERE).
-define(WHICH, there).
-else.
-define(WHICH, absent).
-endif.

main() ->
    io:format("~w~n", [?HERE]),
    io:format("~w~n", ['odd name'(1)]),
    io:format("~w~n", [(fun(_) -> ?HERE end)(1)]),
    io:format("~p~n", [?STR(1 + 2 * length([a, b]))]),
    io:format("~w ~w~n", [?MAX(length(get()), 4), ?WHICH]),
    io:format("~p ~p~n", [?MODULE_STRING, filename:basename(?FILE)]),
    io:format("~w~n", [[?HERE || _ <- [a, b]]]),
    io:format("~w~n", [?OTP_RELEASE >= 25]).

'odd name'(_) ->
    F = fun Loop(0) -> ?FUNCTION_NAME; Loop(N) -> Loop(N - 1) end,
    {F(3), ?FUNCTION_ARITY}.
