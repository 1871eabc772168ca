%% halt/0 is status 0, even with other processes running.
%% conform: separate
-module(exit_halt0).
-export([main/0]).

main() ->
    [spawn(fun() -> receive after infinity -> ok end end) || _ <- lists:seq(1, 10)],
    io:format("stop~n"),
    halt().
