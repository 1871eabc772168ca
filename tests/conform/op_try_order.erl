-module(op_try_order).
-export([main/0]).

%% The order in which nested try, of, catch and after parts run.
main() ->
    [begin put(log, []), R = (catch nest(W)), io:format("~w ~w~n~w~n", [W, strip(R), lists:reverse(get(log))]) end
     || W <- [none, body, 'of', inner_after, outer_after, 'catch', throw, exit]],
    io:format("~w~n", [loop(5, [])]),
    io:format("~w~n", [early()]).

strip({'EXIT', {R, St}}) when is_list(St) -> {'EXIT', R};
strip(R) -> R.

log(X) -> put(log, [X | get(log)]), X.

nest(W) ->
    try
        log(outer_body),
        try log(inner_body), go(W, body) of
            V -> log(inner_of), go(W, 'of'), {value, V}
        catch
            error:E -> log({inner_caught, E}), go(W, 'catch'), {caught, E};
            throw:T -> log({inner_throw, T}), throw({again, T})
        after
            log(inner_after),
            go(W, inner_after)
        end
    of
        R -> log(outer_of), {outer, R}
    catch
        C:X -> log({outer_caught, C, X}), {outer_caught, C, X}
    after
        log(outer_after),
        go(W, outer_after)
    end.

go('catch', body) -> error(first);
go('catch', 'catch') -> error(second);
go(throw, body) -> throw(ball);
go(exit, body) -> exit(bye);
go(W, W) -> error(W);
go(_, _) -> ok.

loop(0, Acc) -> Acc;
loop(N, Acc) ->
    A = try N rem 2 of 0 -> even; 1 -> odd catch odd -> never after put(n, N) end,
    loop(N - 1, [A | Acc]).

early() ->
    catch loop(1, []),
    get(n).
