%% what is delivered through a monitor's alias in every mode and moment
-module(conc_mon_alias_modes).
-export([main/0]).

main() ->
    [io:format("~p: ~p~n", [M, run(M)]) || M <- [explicit_unalias, demonitor, reply_demonitor]].

run(Mode) ->
    [step(Mode, S) || S <- [two, after_demonitor, after_unalias, after_down, unalias_then_down, flush]].

step(Mode, What) ->
    P = spawn(fun() -> receive stop -> exit(stopped) end end),
    A = monitor(process, P, [{alias, Mode}]),
    case What of
        two -> A ! one, A ! two;
        after_demonitor -> A ! one, demonitor(A), A ! two;
        after_unalias -> A ! one, self() ! {unalias, unalias(A)}, A ! two;
        after_down -> P ! stop, sync(P), A ! one, A ! two;
        unalias_then_down -> unalias(A), A ! one, P ! stop, sync(P), A ! two;
        flush -> A ! one, demonitor(A, [flush]), A ! two
    end,
    P ! stop, sync(P),
    R = {What, drain(A)},
    unalias(A), demonitor(A, [flush]),
    R.

sync(P) -> R = monitor(process, P), receive {'DOWN', R, _, _, _} -> ok end.
drain(A) -> receive {'DOWN', A, _, _, W} -> [{down, W} | drain(A)]; X -> [X | drain(A)] after 0 -> [] end.
