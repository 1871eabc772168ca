%% A crash in an unlinked child leaves the program running: status 0.
%% conform: separate
-module(exit_child_crash).
-export([main/0, id/1]).

main() ->
    {_, R} = spawn_monitor(fun() -> 1 + id(a) end),
    receive {'DOWN', R, _, _, {W, _}} -> io:format("child: ~p~n", [W]) end,
    io:format("still here~n").
id(X) -> X.
