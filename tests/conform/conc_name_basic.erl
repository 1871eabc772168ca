%% register, unregister and whereis with all that they refuse
-module(conc_name_basic).
-export([main/0, id/1]).

main() ->
    Dead = begin {P0, R0} = spawn_monitor(fun() -> ok end), receive {'DOWN', R0, _, _, _} -> P0 end end,
    P = spawn(fun() -> receive stop -> ok end end),
    Try = fun(F) -> try F() catch C:E -> {C, E} end end,
    io:format("~p~n", [Try(fun() -> register(conc_a, P) end)]),
    io:format("~p~n", [Try(fun() -> register(conc_a, P) end)]),
    io:format("~p~n", [Try(fun() -> register(conc_b, P) end)]),
    io:format("~p~n", [Try(fun() -> register(conc_a, self()) end)]),
    io:format("~p~n", [Try(fun() -> register(conc_b, Dead) end)]),
    io:format("~p~n", [Try(fun() -> register(undefined, self()) end)]),
    [io:format("~p~n", [Try(fun() -> register(id(A), id(B)) end)]) || {A, B} <- [{"x", self()}, {1, self()}, {conc_x, x}, {conc_x, 1}, {conc_x, make_ref()}]],
    io:format("~p~n", [whereis(conc_a) =:= P]),
    io:format("~p~n", [[whereis(conc_b), whereis(undefined)]]),
    io:format("~p~n", [lists:member(conc_a, registered())]),
    io:format("~p~n", [process_info(P, registered_name)]),
    io:format("~p~n", [Try(fun() -> unregister(conc_a) end)]),
    io:format("~p~n", [Try(fun() -> unregister(conc_a) end)]),
    io:format("~p~n", [[Try(fun() -> unregister(id(X)) end) || X <- [undefined, 1, "conc_a", self()]]]),
    io:format("~p~n", [process_info(P, registered_name)]),
    io:format("~p~n", [[X || X <- registered(), lists:prefix("conc_", atom_to_list(X))]]),
    io:format("~p~n", [[register(conc_b, P), unregister(conc_b), register(conc_c, P), whereis(conc_c) =:= P]]),
    io:format("~p~n", [Try(fun() -> id(conc_nobody) ! x end)]),
    io:format("~p~n", [[Try(fun() -> id(X) ! x end) || X <- ["s", 1, {a}, {a, 1}, {a, b, c}, <<>>, 1.5, #{}, {conc_nobody, node()}, {conc_nobody, other@host}]]]),
    io:format("~p~n", [[Try(fun() -> erlang:send(conc_c, x, O) end) || O <- [[], [noconnect], [nosuspend], [nosuspend, noconnect], [x], x]]]).

id(X) -> X.
