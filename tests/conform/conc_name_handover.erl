%% a name passed on from process to process a thousand times
-module(conc_name_handover).
-export([main/0]).

main() ->
    Me = self(),
    register(conc_token, self()),
    spawn(fun() -> holder(Me, 1) end),
    unregister(conc_token),
    io:format("~p~n", [receive {last, N} -> N end]),
    io:format("~p~n", [whereis(conc_token)]).

holder(Me, N) ->
    take(),
    case N of
        1000 -> unregister(conc_token), Me ! {last, N};
        _ -> spawn(fun() -> holder(Me, N + 1) end), unregister(conc_token)
    end.
take() -> try register(conc_token, self()) catch error:badarg -> erlang:yield(), take() end.
