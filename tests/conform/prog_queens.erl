%% Eight queens: all solutions counted and the first ones shown.
-module(prog_queens).
-export([main/0]).

main() ->
    Qs = queens(8),
    io:format("~p~n", [length(Qs)]),
    [io:format("~w~n", [Q]) || Q <- lists:sublist(Qs, 10)],
    show(hd(Qs)).

queens(N) -> queens(N, N).
queens(0, _) -> [[]];
queens(R, N) -> [[C | Q] || Q <- queens(R - 1, N), C <- lists:seq(1, N), safe(C, Q, 1)].
safe(_, [], _) -> true;
safe(C, [Q | Qs], D) -> C =/= Q andalso abs(C - Q) =/= D andalso safe(C, Qs, D + 1).
show(Q) -> [io:format("~s~n", [[case C of X -> $Q; _ -> $. end || X <- lists:seq(1, 8)]]) || C <- Q], ok.
