%% catch of a failing built-in with the heap filled up to every distance from the stack: what is made
%% for the trace must not reach into the frame.
-module(err_catch_room).
-export([main/0]).

main() ->
    [ok = fill(N, [], {a, N}, <<N:32>>) || N <- lists:seq(1, 1200)],
    io:format("done~n").

fill(0, Kept, Tuple, Bin) ->
    X = (catch binary:at(Bin, 4)),
    Y = (catch element(3, Tuple)),
    Z = (catch binary:part(Bin, {1, 1, 1})),
    check(X, Y, Z, Kept, Tuple, Bin);
fill(N, Kept, Tuple, Bin) ->
    fill(N - 1, [N | Kept], Tuple, Bin).

check({'EXIT', {badarg, _}}, {'EXIT', {badarg, _}}, {'EXIT', {badarg, _}}, Kept, {a, N}, Bin) ->
    <<N:32>> = Bin,
    N = length(Kept),
    ok.
