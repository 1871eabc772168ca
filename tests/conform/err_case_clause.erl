%% case_clause, if_clause, try_clause: reasons and traces.
-module(err_case_clause).
-export([main/0, id/1]).

main() ->
    t(fun() -> case id(3) of 1 -> a; 2 -> b end end),
    t(fun() -> case id({x, "y"}) of {_, []} -> a; [_] -> b end end),
    t(fun() -> case id(#{}) of #{a := 1} -> a end end),
    t(fun() -> case id(1.5) of X when X > 2 -> a end end),
    t(fun() -> X = id(0), if X > 0 -> pos; X < 0 -> neg end end),
    t(fun() -> try id(7) of 8 -> eight catch _:_ -> caught end end),
    t(fun() -> try id({deep, [7]}) of a -> b after id(done) end end),
    t(fun() -> outer([1, 2, 3]) end),
    t(fun() -> iff(a) end),
    t(fun() -> case id(true) andalso id(maybe) of true -> 1; false -> 2 end end),
    ok.

id(X) -> X.

outer([H | T]) ->
    A = pick(H),
    [A | outer(T)].

pick(X) ->
    case X * 2 of
        2 -> one;
        4 -> two
    end.

iff(X) ->
    R = if X =:= b -> ok;
           is_integer(X) -> int
        end,
    {R}.

t(F) ->
    try F() of V -> io:format("ok ~p~n", [V])
    catch C:R:S -> io:format("~p ~p~n~p~n", [C, R, S])
    end.
