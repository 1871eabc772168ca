%% brc_log: prints what OTP's default logger prints of a process that an error ended. The runtime
%% starts it with the first such process, unless a process named `logger` is there to be told.
-module(brc_log).
-export([start/0]).

start() ->
    receive
        {log, error, Format, Args, #{time := Time}} ->
            io:format(user, "=ERROR REPORT==== ~s ===~n" ++ Format ++ "~n", [date(Time) | Args]),
            start();
        {io_request, From, ReplyAs, _} ->
            From ! {io_reply, ReplyAs, ok},
            start();
        _ ->
            start()
    end.

date(Time) ->
    Universal = erlang:posixtime_to_universaltime(Time div 1000000),
    {{Y, Mo, D}, {H, Mi, S}} = erlang:universaltime_to_localtime(Universal),
    Month = element(Mo, {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}),
    io_lib:format("~w-~s-~4..0w::~2..0w:~2..0w:~2..0w.~6..0w",
                  [D, Month, Y, H, Mi, S, Time rem 1000000]).
