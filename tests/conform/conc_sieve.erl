%% the sieve of processes
-module(conc_sieve).
-export([main/0]).

main() ->
    Me = self(),
    P = spawn(fun() -> filter(Me) end),
    [P ! N || N <- lists:seq(2, 2000)],
    P ! done,
    L = primes([]),
    io:format("~p ~p ~p~n", [length(L), lists:last(L), lists:sublist(L, 20)]).

filter(Me) -> receive done -> Me ! done; P -> Me ! {prime, P}, Next = spawn(fun() -> filter(Me) end), filter(P, Next) end.
filter(P, Next) -> receive done -> Next ! done; N when N rem P =/= 0 -> Next ! N, filter(P, Next); _ -> filter(P, Next) end.
primes(A) -> receive {prime, P} -> primes([P | A]); done -> lists:sort(A) end.
