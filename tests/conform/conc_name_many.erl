%% a thousand names, each sent to, looked up and given up
-module(conc_name_many).
-export([main/0]).

main() ->
    Me = self(),
    Names = [list_to_atom("conc_name_" ++ integer_to_list(I)) || I <- lists:seq(1, 1000)],
    Ps = [spawn(fun() -> register(N, self()), Me ! {up, N}, receive {ping, X} -> Me ! {N, X} end end) || N <- Names],
    [receive {up, N} -> ok end || N <- Names],
    io:format("~p~n", [lists:sort([whereis(N) || N <- Names]) =:= lists:sort(Ps)]),
    io:format("~p~n", [length(Names -- registered())]),
    Rs = [monitor(process, P) || P <- Ps],
    [N ! {ping, N} || N <- Names],
    io:format("~p~n", [lists:usort([receive {N, X} -> X =:= N end || N <- Names])]),
    [receive {'DOWN', R, _, _, _} -> ok end || R <- Rs],
    io:format("~p~n", [lists:usort([whereis(N) || N <- Names])]).
