%% monotonic time never runs backwards, from process to process either
-module(conc_time_mono).
-export([main/0]).

main() ->
    Me = self(),
    Ring = lists:foldl(fun(_, N) -> spawn(fun() -> pass(N) end) end, Me, lists:seq(1, 20)),
    L = [begin Ring ! {t, erlang:monotonic_time(), true}, receive {t, T, Ok} -> Ok andalso erlang:monotonic_time() >= T end end || _ <- lists:seq(1, 200)],
    io:format("~p~n", [lists:usort(L)]).

pass(N) -> receive {t, T, Ok} -> Now = erlang:monotonic_time(), N ! {t, Now, Ok andalso Now >= T}, pass(N) end.
