%% receives within receives look at what the outer ones passed by
-module(conc_recv_nested).
-export([main/0]).

main() ->
    [self() ! X || X <- [c, b, a, d, e]],
    R = receive
            a -> receive
                     b -> receive
                              c -> {a, b, c, receive Y -> Y end}
                          end
                 end
        end,
    io:format("~p~n", [R]),
    io:format("~p~n", [receive Z -> receive Q -> {Z, Q} after 10 -> {Z, none} end end]).
