%% pairs that meet at an exchange and swap what they bring
-module(conc_rendezvous).
-export([main/0]).

main() ->
    Me = self(),
    X = spawn(fun exchange/0),
    Ps = [spawn(fun() -> X ! {self(), I}, receive {X, J} -> Me ! {met, I, J} end end) || I <- lists:seq(1, 200)],
    M = maps:from_list([receive {met, I, J} -> {I, J} end || _ <- Ps]),
    io:format("~p~n", [lists:usort([maps:get(maps:get(I, M), M) =:= I andalso maps:get(I, M) =/= I || I <- lists:seq(1, 200)])]).

exchange() -> receive {A, I} -> receive {B, J} -> A ! {self(), J}, B ! {self(), I}, exchange() end end.
