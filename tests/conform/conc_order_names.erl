%% order is kept when some messages go by name and some by pid
-module(conc_order_names).
-export([main/0]).

main() ->
    register(conc_sink, self()),
    Me = self(),
    spawn(fun() -> [case K rem 3 of
                        0 -> conc_sink ! K;
                        1 -> Me ! K;
                        2 -> {conc_sink, node()} ! K
                    end || K <- lists:seq(1, 1000)] end),
    io:format("~p~n", [[receive X -> X end || _ <- lists:seq(1, 1000)] =:= lists:seq(1, 1000)]).
