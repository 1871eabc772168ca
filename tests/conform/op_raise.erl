%% Re-raising: erlang:raise/3, throw in catch clauses, class and trace variables kept.
-module(op_raise).
-export([main/0, id/1, thrower/1]).

main() ->
    [erlang:display({C, again(C)}) || C <- [throw, error, exit]],
    erlang:display(try erlang:raise(error, made, [{m, f, 2, [{file, "x"}, {line, 7}]}]) catch C1:R1:S1 -> {C1, R1, S1} end),
    erlang:display(try erlang:raise(exit, made, []) catch C2:R2:S2 -> {C2, R2, S2} end),
    erlang:display(try erlang:raise(throw, made, [{m, f, [a, b], []}]) catch C3:R3:S3 -> {C3, R3, S3} end),
    erlang:display(erlang:raise(id(bad), x, [])),
    erlang:display(try erlang:raise(error, x, id([{m, f, wrong, []}])) catch C4:R4:S4 -> {C4, R4, S4} end),
    erlang:display(erlang:raise(error, x, id(notalist))),
    erlang:display(try thrower(3) catch error:E:St -> {E, [{F, A} || {_, F, A, _} <- St]} end),
    erlang:display(try wrap() catch error:E2:St2 -> {E2, [{F, A} || {_, F, A, _} <- St2]} end),
    erlang:display(class(fun() -> throw(1) end)),
    erlang:display(class(fun() -> error(1) end)),
    erlang:display(class(fun() -> exit(1) end)),
    ok.

id(X) -> X.

again(C) ->
    try
        try erlang:raise(C, reason, [])
        catch C1:R1:S1 -> erlang:raise(C1, {R1, again}, S1)
        end
    catch
        C2:R2 -> {C2, R2}
    end.

thrower(0) -> error(bottom);
thrower(N) -> {N, thrower(N - 1)}.

wrap() ->
    try thrower(2)
    catch
        C:R:S when R =:= other -> {C, S};
        error:bottom:S -> erlang:raise(error, wrapped, S)
    end.

class(F) ->
    try F()
    catch Class:_ -> Class
    end.
