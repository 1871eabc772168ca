%% Stack traces through body calls, tail calls (gone), funs, comprehensions, try and other modules.
-module(err_trace_lines).
-export([main/0, id/1, a/1, b/1, c/1, tail1/1]).

main() ->
    t(fun() -> a(1) end),
    t(fun() -> tail1(1) end),
    t(fun() -> [X || X <- [1, 2], c(X) =:= 2] end),
    t(fun() -> lists:foldl(fun(X, A) -> X + A + c(X) end, 0, [1, 2, 3]) end),
    t(fun() -> lists:foreach(fun(X) -> a(X) end, [1]) end),
    t(fun() -> maps:map(fun(_, V) -> 1 / V end, id(#{a => 0})) end),
    t(fun() ->
              Y = id(1),
              Z = fun(Q) ->
                          Q + id(Y) +
                              c(Y)
                  end,
              {Z(1)}
      end),
    t(fun() -> lists:sort(fun(_, _) -> error(in_cmp) end, [2, 1]) end),
    t(fun() -> try c(1) after id(1) end end),
    t(fun() -> try c(1) catch throw:x -> no end end),
    t(fun() -> (catch id(1)) + c(1) end),
    t(fun() -> mutual(10) end),
    t(fun() -> long(20) end),
    ok.

id(X) -> X.
a(X) -> {a, b(X)}.
b(X) ->
    Y = id(X),
    [c(Y)].
c(X) ->
    error({c, X}).
tail1(X) -> tail2(X + 1).
tail2(X) -> tail3(X + 1).
tail3(X) -> id(X) + id(a).
mutual(0) -> [1 | id(x)] + 1;
mutual(N) when N rem 2 =:= 0 -> mutual_(N - 1);
mutual(N) -> {mutual(N - 1)}.
mutual_(N) -> [mutual(N)].
long(0) -> error(long);
long(N) -> 1 + long(N - 1).

t(F) ->
    try F() of V -> io:format("ok ~p~n", [V])
    catch C:R:S -> io:format("~p ~p~n", [C, R]), [io:format("  ~w~n", [X]) || X <- S]
    end.
