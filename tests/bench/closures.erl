%% Funs made, captured and called in a loop.
-module(closures).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 20000000 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) -> loop(N, fun(X) -> X end, 0).

loop(0, F, A) -> F(A);
loop(N, F, A) ->
    G = case N band 3 of
            0 -> fun(X) -> X + N end;
            1 -> fun(X) -> (X + A) band 16#FFFFF end;
            _ -> F
        end,
    loop(N - 1, fun(X) -> X + 1 end, G(A) band 16#FFFFFF).
