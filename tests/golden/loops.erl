%% A self tail call becomes a C loop; a body call continues in a C function of its own.
-module(loops).
-export([sum/2, len/1]).

sum(0, Acc) -> Acc;
sum(N, Acc) -> sum(N - 1, Acc + N).

len([]) -> 0;
len([_ | T]) -> 1 + len(T).
