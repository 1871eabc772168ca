%% functions with many arguments, large arguments, improper and shared ones
-module(conc_spawn_args).
-export([main/0, sum/10, tell/2]).

main() ->
    Me = self(),
    P = spawn(?MODULE, sum, [Me | lists:seq(1, 9)]),
    io:format("~p~n", [receive {P, X} -> X end]),
    Big = lists:seq(1, 50000),
    P2 = spawn(?MODULE, tell, [Me, fun() -> lists:sum(Big) end]),
    io:format("~p~n", [receive {P2, X2} -> X2 end]),
    P3 = spawn(fun() -> tell(Me, fun() -> {length(Big), erlang:phash2(Big)} end) end),
    io:format("~p~n", [receive {P3, X3} -> X3 end]),
    M = maps:from_list([{I, I * I} || I <- lists:seq(1, 1000)]),
    P4 = spawn(fun() -> tell(Me, fun() -> maps:fold(fun(_, V, A) -> V + A end, 0, M) end) end),
    io:format("~p~n", [receive {P4, X4} -> X4 end]),
    G = fun Fact(0) -> 1; Fact(N) -> N * Fact(N - 1) end,
    P5 = spawn(fun() -> tell(Me, fun() -> G(30) end) end),
    io:format("~p~n", [receive {P5, X5} -> X5 end]).

sum(Me, A, B, C, D, E, F, G, H, I) -> Me ! {self(), A + B + C + D + E + F + G + H + I}.
tell(Me, F) -> Me ! {self(), F()}.
