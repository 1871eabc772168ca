%% clauses, guards and values bound before choose among what is there
-module(conc_recv_selective).
-export([main/0]).

main() ->
    [self() ! X || X <- [{a, 1}, b, {c, 3}, "str", <<"bin">>, 4.5, {a, 2}, #{k => v}, 17, {a, 3}]],
    io:format("~p~n", [receive {a, N} when N > 1 -> N end]),
    io:format("~p~n", [receive #{k := V} -> V end]),
    Tag = c,
    io:format("~p~n", [receive {Tag, M} -> M end]),
    io:format("~p~n", [receive F when is_float(F) -> F end]),
    io:format("~p~n", [receive <<"bi", R/binary>> -> R end]),
    io:format("~p~n", [receive X1 when is_integer(X1), X1 > 10; X1 =:= b -> X1 end]),
    io:format("~p~n", [receive "s" ++ T -> T end]),
    io:format("~p~n", [element(2, process_info(self(), messages))]),
    io:format("~p~n", [receive Any -> Any end]),
    io:format("~p~n", [[receive {a, 3} -> three; Y -> Y after 0 -> none end || _ <- [1, 2]]]).
