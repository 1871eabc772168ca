%% Errors passed on by erlang:raise, by clauses that do not match, and through after: traces kept.
-module(err_rethrow).
-export([main/0, id/1]).

main() ->
    t(fun() -> one() end),
    t(fun() -> two() end),
    t(fun() -> three() end),
    t(fun() -> four() end),
    t(fun() -> five(3) end),
    t(fun() -> erlang:raise(error, given, [{fake, f, 1, [{file, "fake.erl"}, {line, 3}]}]) end),
    t(fun() -> erlang:raise(exit, given, []) end),
    t(fun() -> six() end),
    ok.

id(X) -> X.
boom(X) -> [error({boom, X})].
one() ->
    try boom(1)
    catch error:{boom, 2} -> no
    end.
two() ->
    try boom(2)
    catch C:R:S -> erlang:raise(C, {wrapped, R}, S)
    end.
three() ->
    try boom(3)
    after
        try boom(4) catch _:_ -> ok end
    end.
four() ->
    try boom(5)
    catch error:R -> error({second, R})
    end.
five(0) -> boom(6);
five(N) -> try five(N - 1) of X -> X catch throw:never -> N after id(N) end.
six() ->
    try throw(seven)
    catch
        throw:X:S ->
            io:format("~p ~p~n", [X, length(S) > 0]),
            try id(S), throw({X, again}) catch throw:{Y, again} -> {Y} end
    end.

t(F) ->
    try F() of V -> io:format("ok ~p~n", [V])
    catch C:R:S -> io:format("~p ~p~n~p~n", [C, R, S])
    end.
