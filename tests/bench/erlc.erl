%% OTP's compiler: each file named is compiled with the option deterministic into the folder that
%% comes first.
-module(erlc).
-export([main/1]).

main([Out | Files]) ->
    Start = erlang:monotonic_time(microsecond),
    Failed = [F || F <- Files, not compile(F, Out)],
    End = erlang:monotonic_time(microsecond),
    io:format("~w of ~w files~n~w us~n", [length(Files) - length(Failed), length(Files), End - Start]),
    Failed =:= [] orelse halt(1).

compile(File, Out) ->
    Lib = filename:join(filename:dirname(File), "../.."),
    case compile:file(File, [deterministic, report_errors, {i, Lib}, {i, filename:join(Lib, "stdlib/include")}, {i, filename:join(Lib, "kernel/include")}, {outdir, Out}]) of
        {ok, _} -> true;
        _ -> false
    end.
