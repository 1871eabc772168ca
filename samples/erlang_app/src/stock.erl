%% The application's command line: what is done to the stock, then what is in it.
-module(stock).
-export([main/1]).

main(Args) ->
    {ok, _} = application:ensure_all_started(stock),
    [io:format("~ts: ~0p~n", [Arg, change(Arg)]) || Arg <- Args],
    [io:format("~ts ~b~n", [What, N]) || {What, N} <- stock_server:all()],
    ok = application:stop(stock).

change("+" ++ What) -> stock_server:add(list_to_existing_atom(What), 5);
change("-" ++ What) -> stock_server:take(list_to_existing_atom(What), 5).
