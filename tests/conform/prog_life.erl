%% Conway's life on a torus with sets of cells: a glider and an acorn.
-module(prog_life).
-export([main/0]).

main() ->
    G = sets:from_list([{1, 0}, {2, 1}, {0, 2}, {1, 2}, {2, 2}], [{version, 2}]),
    [show(gen(G, N)) || N <- [0, 1, 2, 3, 4]],
    A = sets:from_list([{1, 0}, {3, 1}, {0, 2}, {1, 2}, {4, 2}, {5, 2}, {6, 2}]),
    io:format("~p~n", [[sets:size(gen(A, N)) || N <- [1, 10, 50, 100]]]).

gen(S, 0) -> S;
gen(S, N) ->
    Counts = sets:fold(fun({X, Y}, M) -> lists:foldl(fun(C, M1) -> maps:update_with(C, fun(V) -> V + 1 end, 1, M1) end, M, [{(X + DX + 40) rem 40, (Y + DY + 40) rem 40} || DX <- [-1, 0, 1], DY <- [-1, 0, 1], {DX, DY} =/= {0, 0}]) end, #{}, S),
    gen(sets:from_list([C || {C, K} <- maps:to_list(Counts), K =:= 3 orelse K =:= 2 andalso sets:is_element(C, S)]), N - 1).
show(S) -> [io:format("~s~n", [[case sets:is_element({X, Y}, S) of true -> $#; false -> $. end || X <- lists:seq(0, 7)]]) || Y <- lists:seq(0, 5)], io:nl().
