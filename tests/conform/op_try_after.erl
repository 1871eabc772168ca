%% after: run on success, on each class, in nested order; errors in after win.
-module(op_try_after).
-export([main/0, id/1]).

main() ->
    erlang:display(run(fun() -> 1 end)),
    erlang:display(run(fun() -> throw(t) end)),
    erlang:display(run(fun() -> error(e) end)),
    erlang:display(run(fun() -> exit(x) end)),
    put(log, []),
    R = (catch try try note(body), throw(one) after note(inner) end catch throw:T -> note(T), throw(two) after note(outer) end),
    erlang:display({R, rev(get(log))}),
    put(log, []),
    R2 = (catch try note(body) of _ -> note('of'), error(in_of) catch _:_ -> note(never) after note('after') end),
    erlang:display({element(1, R2), element(1, element(2, R2)), rev(get(log))}),
    R3 = try try throw(first) after id(throw(second)) end catch throw:X -> X end,
    erlang:display(R3),
    R4 = try id(7) after id(ignored) end,
    erlang:display(R4),
    erlang:display(deep(20)),
    put(log, []),
    R5 = (catch level(5)),
    erlang:display({R5, rev(get(log))}),
    ok.

id(X) -> X.
note(X) -> put(log, [X | get(log)]), X.
rev(L) -> rev(L, []).
rev([], A) -> A;
rev([H | T], A) -> rev(T, [H | A]).

run(F) ->
    put(log, []),
    R = try
            note(start),
            V = F(),
            note(done),
            V
        of
            W -> {value, W}
        catch
            C:E -> {C, E}
        after
            note(cleanup)
        end,
    {R, rev(get(log))}.

deep(0) -> throw_caught(bottom);
deep(N) ->
    put(log, []),
    try deep(N - 1) after put(count, N) end.

throw_caught(X) -> try throw(X) catch Y -> {caught, Y} end.

level(0) -> throw(done);
level(N) ->
    try level(N - 1)
    catch throw:done when N =:= 3 -> note({rethrow, N}), throw(again)
    after note({'after', N})
    end.
