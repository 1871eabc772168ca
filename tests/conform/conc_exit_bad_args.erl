%% exit/2 and link/1 with what is no process
-module(conc_exit_bad_args).
-export([main/0, id/1]).

main() ->
    [io:format("~p~n", [try erlang:F(id(X), why) catch C:R -> {F, X, C, R} end]) || F <- [exit], X <- [x, 1, {}, "p", undefined]],
    [io:format("~p~n", [try erlang:F(id(X)) catch C:R -> {F, X, C, R} end])
     || F <- [link, unlink, whereis, is_process_alive, demonitor, unalias, resume_process, suspend_process, garbage_collect], X <- [1, {}, "p"]],
    Dead = dead(),
    io:format("~p~n", [[exit(Dead, kill), exit(Dead, x), unlink(Dead), is_process_alive(Dead), Dead ! m]]).

id(X) -> X.
dead() -> {P, R} = spawn_monitor(fun() -> ok end), receive {'DOWN', R, _, _, _} -> P end.
