%% hibernation drops the stack: catches and what was to be done after are gone
-module(conc_hib_stack).
-export([main/0, crash/0, nothing/0]).

main() ->
    E = fun(F) -> {P, R} = spawn_monitor(F), P ! wake, receive {'DOWN', R, _, _, W} -> W end end,
    {boom, [{conc_hib_stack, crash, 0, _} | _]} = E(fun() -> try erlang:hibernate(?MODULE, crash, []) catch _:_ -> exit(caught) end end),
    Me = self(),
    io:format("~p~n", [E(fun() -> erlang:hibernate(?MODULE, nothing, []), Me ! after_hibernate end)]),
    io:format("~p~n", [E(fun() -> try erlang:hibernate(?MODULE, nothing, []) after Me ! after_clause end end)]),
    {undef, [{conc_none, f, [1], _} | _]} = E(fun() -> erlang:hibernate(conc_none, f, [1]) end),
    io:format("~p~n", [E(fun() -> exit(try erlang:hibernate(1, f, []) catch C:R -> {C, R} end) end)]),
    io:format("~p~n", [E(fun() -> exit(try erlang:hibernate(m, f, x) catch C:R -> {C, R} end) end)]),
    io:format("~p~n", [receive X -> X after 10 -> none end]).

crash() -> error(boom).
nothing() -> ok.
