%% link and spawn_link to what is dead, with and without trap_exit
-module(conc_link_dead).
-export([main/0]).

main() ->
    Dead = dead(),
    io:format("~p~n", [ends0(fun() -> link(Dead), receive X -> exit({got, X}) after 500 -> exit(nothing) end end)]),
    io:format("~p~n", [ends(fun() -> try link(Dead) catch C:R -> exit({caught, C, R}) end, receive after 500 -> exit(nothing) end end)]),
    io:format("~p~n", [ends(fun() -> process_flag(trap_exit, true), T = link(Dead), receive {'EXIT', Dead, W} -> exit({T, W}) after 500 -> exit(nothing) end end)]),
    io:format("~p~n", [ends(fun() -> process_flag(trap_exit, true), link(Dead), unlink(Dead), receive {'EXIT', Dead, W} -> exit(W) after 10 -> exit(nothing) end end)]),
    io:format("~p~n", [ends(fun() -> process_flag(trap_exit, true), P = spawn_link(fun() -> ok end), timer:sleep(10), receive {'EXIT', P, W} -> exit({normal, W}) end end)]),
    io:format("~p~n", [ends(fun() -> process_flag(trap_exit, true), P = spawn_link(nomod, nofun, []), receive {'EXIT', P, {W, _}} -> exit(W) end end)]),
    io:format("~p~n", [ends(fun() -> spawn_link(fun() -> exit(oops) end), receive after 500 -> exit(nothing) end end)]).

ends0(F) -> {W, [{erlang, link, _, _} | _]} = ends(F), W.
ends(F) -> {_, R} = spawn_monitor(F), receive {'DOWN', R, _, _, W} -> W end.
dead() -> {P, R} = spawn_monitor(fun() -> ok end), receive {'DOWN', R, _, _, _} -> P end.
