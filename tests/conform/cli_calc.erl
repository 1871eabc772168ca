%% A small calculator of its arguments: parses and evaluates an expression.
-module(cli_calc).
-export([main/1]).

main(Args) ->
    S = lists:flatten(lists:join(" ", Args)),
    {ok, T, _} = erl_scan:string(S),
    io:format("~p~n", [T]),
    {V, []} = expr([X || X <- T]),
    io:format("~s = ~p~n", [S, V]).

expr(T) -> {A, R} = term(T), more(A, R).
more(A, [{'+', _} | R]) -> {B, R2} = term(R), more(A + B, R2);
more(A, [{'-', _} | R]) -> {B, R2} = term(R), more(A - B, R2);
more(A, R) -> {A, R}.
term(T) -> {A, R} = factor(T), mul(A, R).
mul(A, [{'*', _} | R]) -> {B, R2} = factor(R), mul(A * B, R2);
mul(A, [{'/', _} | R]) -> {B, R2} = factor(R), mul(A / B, R2);
mul(A, R) -> {A, R}.
factor([{integer, _, N} | R]) -> {N, R};
factor([{float, _, N} | R]) -> {N, R};
factor([{'-', _} | R]) -> {A, R2} = factor(R), {-A, R2};
factor([{'(', _} | R]) -> {A, [{')', _} | R2]} = expr(R), {A, R2}.
