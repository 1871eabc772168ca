%% spawn_opt and spawn_request with a monitor that is an alias
-module(conc_mon_spawn_alias).
-export([main/0]).

main() ->
    [begin
         {P, R} = spawn_opt(fun() -> receive {A, X} -> A ! {A, X, 1}, A ! {A, X, 2}, exit(bye) end end, [{monitor, [{alias, M}]}]),
         P ! {R, hello},
         sync(P),
         io:format("~p ~p~n", [M, [case X of {R, Y, Z} -> {reply, Y, Z}; {'DOWN', R, process, P, W} -> {down, W} end || X <- drain()]]),
         unalias(R)
     end || M <- [explicit_unalias, demonitor, reply_demonitor]].

sync(P) -> R = monitor(process, P), receive {'DOWN', R, _, _, _} -> ok end.
%% A dying process tells its monitors one by one.
drain() -> receive X -> [X | drain()] after 100 -> [] end.
