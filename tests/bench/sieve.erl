%% The sieve of Eratosthenes on lists, and trial division: integers and rem.
-module(sieve).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 12000000 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(N) -> {length(primes(N div 100)), trial(N div 20, 0)}.

primes(N) -> sieve(lists:seq(2, N)).
sieve([]) -> [];
sieve([P | T]) -> [P | sieve([X || X <- T, X rem P =/= 0])].

trial(1, C) -> C;
trial(N, C) -> case prime(N, 2) of true -> trial(N - 1, C + 1); false -> trial(N - 1, C) end.
prime(N, D) when D * D > N -> true;
prime(N, D) when N rem D =:= 0 -> false;
prime(N, D) -> prime(N, D + 1).
