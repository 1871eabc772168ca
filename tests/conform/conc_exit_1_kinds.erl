%% exit/1, error/1, throw/1 that nobody catches, as seen by link, monitor and parent
-module(conc_exit_1_kinds).
-export([main/0]).

main() ->
    process_flag(trap_exit, true),
    [begin
         {P, R} = spawn_opt(F, [link, monitor]),
         A = receive {'DOWN', R, process, P, W1} -> strip(W1) end,
         B = receive {'EXIT', P, W2} -> strip(W2) end,
         io:format("~p ~p~n", [A =:= B, A])
     end || F <- [fun() -> exit(x) end, fun() -> error(x) end, fun() -> throw(x) end, fun() -> ok end,
                  fun() -> exit({x, y}) end, fun() -> exit(normal) end, fun() -> 1 = id(2) end,
                  fun() -> error({x, []}) end, fun() -> erlang:raise(error, r, []) end,
                  fun() -> erlang:raise(exit, r, []) end, fun() -> erlang:raise(throw, r, []) end,
                  fun() -> (id(x)):foo() end, fun() -> apply(id(fun() -> ok end), [1]) end,
                  fun() -> case id(1) of 2 -> ok end end, fun() -> if_none(id(3)) end,
                  fun() -> list_to_atom(id(1)) end]].

id(X) -> X.
if_none(X) -> if X =:= 1 -> ok; X =:= 2 -> no end.
strip({What, [{_, _, _, _} | _]}) -> {What, stack};
strip({What, []}) -> {What, empty};
strip({{What, F}, _}) when is_function(F) -> What;
strip({{badarity, {F, Args}}, _}) when is_function(F) -> {badarity, Args};
strip(W) -> W.
