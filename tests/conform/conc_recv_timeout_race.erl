%% a message that races a timeout is either received or still there
-module(conc_recv_timeout_race).
-export([main/0]).

main() ->
    L = [begin
        Me = self(),
        Tag = make_ref(),
        spawn(fun() -> receive after 1 -> Me ! Tag end end),
        receive Tag -> first after 1 -> receive Tag -> later after 5000 -> lost end end
    end || _ <- lists:seq(1, 150)],
    io:format("~p~n", [lists:member(lost, L)]),
    io:format("~p~n", [receive X -> X after 0 -> empty end]).
