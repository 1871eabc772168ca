%% throw, error and exit caught near and far.
-module(exceptions).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 10000000 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) -> loop(N, 0).

loop(0, A) -> A;
loop(N, A) ->
    B = try f(N)
        catch
            throw:X -> X;
            error:{e, X} -> X + 1;
            exit:X -> X + 2
        end,
    loop(N - 1, (A + B) band 16#FFFFFF).

f(N) when N rem 5 =:= 0 -> throw(N);
f(N) when N rem 7 =:= 0 -> g(N, 5);
f(N) when N rem 11 =:= 0 -> exit(N);
f(N) -> N.

g(N, 0) -> erlang:error({e, N});
g(N, D) -> 1 + g(N, D - 1).
