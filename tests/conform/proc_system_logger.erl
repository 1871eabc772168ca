%% system_flag(system_logger, Pid): who is told of crashes.
-module(proc_system_logger).
-export([main/0]).
main() ->
    P = self(),
    p(try erlang:system_flag(system_logger, 17) catch C:R -> {C, R} end),
    _ = erlang:system_flag(system_logger, P), true = P =:= erlang:system_info(system_logger),
    X = spawn(fun() -> exit({a,b,c}) end),
    timer:sleep(50),
    Y = spawn(fun() -> error(hello) end),
    receive {log, error, Format, Args, #{gl:=_, pid:=Y, error_logger:=E}} -> p({Format, length(Args), E}), true = hd(Args) =:= Y after 1000 -> p(none) end,
    p(X =/= Y), true = P =:= erlang:system_flag(system_logger, undefined), p(erlang:system_flag(system_logger, logger)).
p(X) -> io:format("~p~n",[X]).
