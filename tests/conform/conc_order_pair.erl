%% messages of each of many senders arrive in the order sent
-module(conc_order_pair).
-export([main/0]).

main() ->
    Me = self(),
    N = 40, M = 200,
    Senders = [spawn(fun() -> receive go -> [Me ! {I, K} || K <- lists:seq(1, M)] end end) || I <- lists:seq(1, N)],
    [S ! go || S <- Senders],
    Got = collect(N * M, #{}),
    io:format("~p~n", [[Got =:= maps:from_list([{I, lists:seq(M, 1, -1)} || I <- lists:seq(1, N)])]]).

collect(0, A) -> A;
collect(N, A) ->
    receive {I, K} -> collect(N - 1, maps:update_with(I, fun(L) -> [K | L] end, [K], A)) end.
