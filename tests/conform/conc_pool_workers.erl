%% a pool of workers takes jobs as they come; all results, each once
-module(conc_pool_workers).
-export([main/0]).

main() ->
    Me = self(),
    Pool = spawn(fun() -> Ws = [spawn_link(fun() -> worker(Me) end) || _ <- lists:seq(1, 10)], pool(Ws, []) end),
    [Pool ! {job, I} || I <- lists:seq(1, 500)],
    io:format("~p~n", [lists:sort([receive {result, I, X} -> {I, X} end || _ <- lists:seq(1, 500)]) =:= [{I, fib(I rem 15)} || I <- lists:seq(1, 500)]]),
    exit(Pool, shutdown).

worker(Me) -> receive {Pool, {job, I}} -> Me ! {result, I, fib(I rem 15)}, Pool ! {free, self()}, worker(Me) end.
pool([], Jobs) -> receive {free, W} -> pool([W], Jobs) end;
pool([W | Ws], [J | Js]) -> W ! {self(), J}, pool(Ws, Js);
pool(Ws, []) -> receive {free, W} -> pool([W | Ws], []); {job, _} = J -> pool(Ws, [J]) end.
fib(N) when N < 2 -> N;
fib(N) -> fib(N - 1) + fib(N - 2).
