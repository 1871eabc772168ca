%% Variables kept over try, catch and receive in the same function; try in argument position.
-module(op_try_regs).
-export([main/0, id/1]).

main() ->
    erlang:display(one(id(1), id(2), id(3))),
    erlang:display(two(id([1, 2, 3]), [])),
    erlang:display(three(id(go))),
    erlang:display({try id(1) catch _:_ -> 2 end, try throw(x) catch x -> 3 end, catch id(4), catch throw(5)}),
    erlang:display(id(try id(a) after id(b) end)),
    erlang:display([try id(X) + 1 catch error:badarith -> X end || X <- [1, b, 2.5, [], {}]]),
    erlang:display(four(10, [])),
    erlang:display(five({id(a), id(b)})),
    ok.

id(X) -> X.

one(A, B, C) ->
    D = id({A, B}),
    R = try
            E = id(D), F = id(C),
            case F of 3 -> throw({E, F}); _ -> E end
        catch
            throw:{X, Y} -> {X, Y, A, B, C, D}
        end,
    {R, A, B, C, D}.

two([], Acc) -> Acc;
two([H | T], Acc) ->
    try id(H) of
        2 -> two(T, [two | Acc]);
        N -> two(T, [{N, Acc} | Acc])
    catch
        _:_ -> never
    end.

three(M) ->
    self() ! {M, 1}, self() ! {M, 2},
    X = id(keep),
    try
        receive {M, 2} -> throw({second, X}) after 100 -> late end
    catch
        {second, Y} ->
            receive {M, N} -> {N, X, Y} after 0 -> none end
    end.

four(0, Acc) -> Acc;
four(N, Acc) ->
    V = (catch (try id(N) rem 3 of 0 -> throw(zero); 1 -> exit(one); 2 -> two catch _:_ -> unreachable end)),
    four(N - 1, [case V of {'EXIT', W} -> {exit, W}; O -> O end | Acc]).

five({A, B} = T) ->
    try
        try erlang:error({A, B})
        catch error:{A, C} -> throw({A, C, T})
        end
    of _ -> no
    catch
        throw:{X, B, {X, Y}} -> {X, Y, A, B}
    end.
