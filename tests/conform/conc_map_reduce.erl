%% words counted by mappers and reducers
-module(conc_map_reduce).
-export([main/0]).

main() ->
    Words = [lists:nth(I * 7 rem 13 + 1, ["a", "bb", "ccc", "dd", "e", "ff", "ggg", "h", "ii", "j", "kk", "l", "mmm"]) || I <- lists:seq(1, 3000)],
    Me = self(),
    Rs = list_to_tuple([spawn(fun() -> reduce(Me, #{}, 10) end) || _ <- lists:seq(1, 4)]),
    [spawn(fun() -> [element(erlang:phash2(W, 4) + 1, Rs) ! {word, W} || W <- lists:sublist(Words, I * 300 + 1, 300)], [R ! done || R <- tuple_to_list(Rs)] end) || I <- lists:seq(0, 9)],
    All = lists:foldl(fun maps:merge/2, #{}, [receive {counts, R, M} -> M end || R <- tuple_to_list(Rs)]),
    io:format("~p~n", [lists:sort(maps:to_list(All))]).

reduce(Me, M, 0) -> Me ! {counts, self(), M};
reduce(Me, M, N) -> receive {word, W} -> reduce(Me, maps:update_with(W, fun(C) -> C + 1 end, 1, M), N); done -> reduce(Me, M, N - 1) end.
