%% When main returns, the program ends although others still work.
%% conform: separate
-module(exit_after_main).
-export([main/0]).

main() ->
    spawn(fun() -> timer:sleep(3000), io:format("too late~n") end),
    io:format("main done~n").
