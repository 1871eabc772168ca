-module(lc_bad_generator).
-export([main/0]).

%% Generators that are no lists or binaries, filters that are no booleans.
main() ->
    Terms = [[], [1], [1 | 2], a, 1, {}, #{}, <<1, 2>>, <<1:3>>, 1.5, "ab"],
    [io:format("~w ~w ~w ~w~n", [T, try_(fun() -> lc(T) end), try_(fun() -> bc(T) end),
                                 try_(fun() -> lbc(T) end)]) || T <- Terms],
    [io:format("~w ~w ~w~n", [T, try_(fun() -> filter(T) end), try_(fun() -> filter2(T) end)])
     || T <- [true, false, 1, a, []]],
    io:format("~w~n", [try_(fun() -> nested([[1, 2], x, [3]]) end)]),
    io:format("~w~n", [nested([[1, 2], [], [3]])]).

lc(L) -> [{X} || X <- L].
bc(B) -> [X || <<X>> <= B].
lbc(L) -> << <<X:16>> || X <- L >>.
filter(F) -> [X || X <- [1, 2], F].
filter2(F) -> [X || X <- [1, 2], begin Y = id(F), Y end].
nested(Ls) -> [X * 2 || L <- Ls, X <- L].
id(X) -> X.
try_(F) -> try {ok, F()} catch C:R -> {C, R} end.
