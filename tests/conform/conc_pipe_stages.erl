%% a pipeline of fifty stages that each change what goes through
-module(conc_pipe_stages).
-export([main/0]).

main() ->
    Me = self(),
    First = lists:foldl(fun(I, Next) -> spawn(fun() -> stage(I, Next) end) end, Me, lists:seq(50, 1, -1)),
    spawn(fun() -> [First ! {item, N, N} || N <- lists:seq(1, 200)], First ! done end),
    io:format("~p~n", [collect([]) =:= [{N, lists:foldl(fun(I, A) -> (A * I + 7) rem 65537 end, N, lists:seq(1, 50))} || N <- lists:seq(1, 200)]]).

stage(I, Next) -> receive {item, N, A} -> Next ! {item, N, (A * I + 7) rem 65537}, stage(I, Next); done -> Next ! done end.
collect(A) -> receive {item, N, X} -> collect([{N, X} | A]); done -> lists:reverse(A) end.
