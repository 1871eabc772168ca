-module(proc_link_reasons).
-export([main/0]).

%% What reason reaches a linked process that traps exits, and a monitor.
main() ->
    process_flag(trap_exit, true),
    [io:format("~w: ~w~n", [N, run(F)]) || {N, F} <- cases()],
    io:format("~w~n", [chain(20)]).

cases() ->
    [{normal, fun() -> ok end}, {exit_normal, fun() -> exit(normal) end}, {exit_tuple, fun() -> exit({a, [b]}) end},
     {error, fun() -> error(oops) end}, {badmatch, fun() -> {x} = ok(), x end}, {throw, fun() -> throw(ball) end},
     {kill_self, fun() -> exit(self(), kill), receive after infinity -> x end end},
     {exit_kill, fun() -> exit(kill) end}, {exit_killed, fun() -> exit(killed) end},
     {signal_normal, fun() -> exit(self(), normal), survived end},
     {signal_other, fun() -> exit(self(), other), receive after infinity -> x end end},
     {trapped, fun() -> process_flag(trap_exit, true), exit(self(), got), receive {'EXIT', _, R} -> exit({saw, R}) end end},
     {shutdown, fun() -> exit({shutdown, now}) end}, {noproc, fun() -> link(dead()), receive after 1000 -> late end end},
     {big, fun() -> exit(lists:seq(1, 5)) end}].

ok() -> ok.
dead() -> {P, R} = spawn_monitor(fun() -> ok end), receive {'DOWN', R, _, _, _} -> P end.

run(F) ->
    P = spawn_link(F),
    R = monitor(process, P),
    A = receive {'EXIT', P, X} -> strip(X) end,
    B = receive {'DOWN', R, process, P, Y} -> case strip(Y) of noproc -> A; Z -> Z end end,
    {A, A =:= B}.

strip({R, [T | _]}) when is_tuple(T) -> {R, trace};
strip(R) -> R.

chain(N) ->
    P = spawn_link(fun() -> link_next(N) end),
    receive {'EXIT', P, R} -> R end.
link_next(0) -> exit({end_of, chain});
link_next(N) -> spawn_link(fun() -> link_next(N - 1) end), receive after infinity -> ok end.
