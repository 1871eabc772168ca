%% Log events through the logger's standard handler into a file, by one process and by two.
-module(logger_lines).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 40000 end,
    Name = filename:join(os:getenv("TMPDIR", "/tmp"), "beamrc_log_" ++ os:getpid()),
    ok = logger:remove_handler(default),
    ok = logger:set_primary_config(level, info),
    ok = logger:add_handler(lines, logger_std_h,
                            #{config => #{file => Name, drop_mode_qlen => 1000000, flush_qlen => 1000000,
                                          burst_limit_enable => false},
                              formatter => {logger_formatter, #{template => [level, " ", msg, "\n"]}}}),
    Start = erlang:monotonic_time(microsecond),
    log(N),
    Two = [spawn_monitor(fun() -> log(N div 4) end) || _ <- [1, 2]],
    [receive {'DOWN', Ref, process, _, normal} -> ok end || {_, Ref} <- Two],
    ok = logger_std_h:filesync(lines),
    End = erlang:monotonic_time(microsecond),
    {ok, Text} = file:read_file(Name),
    ok = file:delete(Name),
    io:format("~w~n~w us~n", [length(binary:matches(Text, <<"\n">>)), End - Start]).

log(0) -> ok;
log(N) ->
    logger:info("event ~w of ~ts", [N, "the program"], #{number => N}),
    logger:debug("not shown ~w", [N]),
    log(N - 1).
