%% Old-style catch: values, throws, exits, errors, nesting and variables around it.
-module(op_catch).
-export([main/0, id/1]).

main() ->
    erlang:display(catch id(value)),
    erlang:display(catch throw(thrown)),
    erlang:display(catch exit(gone)),
    erlang:display(catch exit({gone, [1]})),
    {'EXIT', {R, [{M, F, A, _} | _]}} = (catch bad(x)),
    erlang:display({R, M, F, A}),
    erlang:display([catch T || T <- [1, 2]]),
    erlang:display((catch throw(a)) =:= a),
    erlang:display([(catch throw(X)) || X <- [1, {2}, [3]]]),
    erlang:display(catch {catch throw(in), throw(out)}),
    A1 = id(1), B1 = id([2]),
    C1 = (catch {A1, B1, throw({A1, B1})}),
    erlang:display({A1, B1, C1}),
    case catch list_to_integer(id("zz")) of
        {'EXIT', {Why, _}} -> erlang:display({exit, Why});
        N -> erlang:display(N)
    end,
    erlang:display(count(100, 0)),
    erlang:display(catch (catch (catch throw(deep)))),
    erlang:display(lastcall(id(3))),
    erlang:display({catch 1, catch throw(2), 3}),
    ok.

id(X) -> X.
bad(X) -> {ok, X + id(1)}.

count(0, N) -> N;
count(I, N) ->
    case catch (if I rem 2 =:= 0 -> throw(even); true -> odd end) of
        even -> count(I - 1, N + 1);
        odd -> count(I - 1, N)
    end.

lastcall(0) -> throw(bottom);
lastcall(N) -> X = (catch lastcall(N - 1)), {N, X}.
