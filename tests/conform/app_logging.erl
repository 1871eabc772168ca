%% The logger as an application uses it: levels, metadata, domains, filters, formatters, handlers of
%% its own and to a file, the old error_logger.
%% conform: separate reports
-module(app_logging).
-include_lib("kernel/include/logger.hrl").
-export([main/0, log/2, adding_handler/1, removing_handler/1, changing_config/3, filter_config/1, only/2,
         format/2, init/1, handle_event/2, handle_call/2, terminate/2]).

main() ->
    ok = logger:remove_handler(default),
    ok = logger:set_primary_config(level, info),
    say("add", logger:add_handler(one, ?MODULE, #{config => #{n => 1}, formatter => {logger_formatter, #{template => [level, " ", {domain, [domain, " "], []}, {n, ["n=", n, " "], []}, mfa, ":", line, " ", msg], single_line => true}}})),
    say("twice", logger:add_handler(one, ?MODULE, #{})),
    ?LOG_ERROR("plain ~p", [17]),
    ?LOG_NOTICE("with meta", #{n => 3, domain => [my, part]}),
    ?LOG_DEBUG("not shown"),
    ?LOG_WARNING(#{a => 1, b => "two", c => [x, y]}),
    ?LOG_INFO([{k, v}, {"text", <<"bin">>}]),
    ?LOG_ALERT(fun(X) -> {"lazy ~w", [X]} end, arg),
    logger:critical("bad format ~p ~p", [one]),
    logger:log(emergency, "unicode ~ts", [[1076, 1072]]),
    logger:error("string only"), logger:error(<<"not a ", 255>>), logger:error("~s", [[1076]]),
    logger:update_process_metadata(#{n => 9}),
    ?LOG_INFO("process's own"), ?LOG_INFO("other", #{n => 10}),
    say("meta", logger:get_process_metadata()),
    logger:unset_process_metadata(),
    say("level", logger:set_handler_config(one, level, error)),
    ?LOG_WARNING("below the handler's level"), ?LOG_ERROR("above it"),
    say("update", logger:update_handler_config(one, #{config => #{n => 2}, level => all})),
    {ok, Config} = logger:get_handler_config(one),
    say("config", maps:without([formatter], Config)),
    say("module level", logger:set_module_level(?MODULE, critical)),
    ?LOG_ERROR("the module is quiet"), logger:error("this, too"), ?LOG_CRITICAL("but for this"),
    say("levels", [logger:get_module_level(?MODULE), logger:unset_module_level(?MODULE), logger:get_module_level(?MODULE)]),
    say("allow", [logger:allow(L, ?MODULE) || L <- [debug, info, error]]),
    say("compare", [logger:compare_levels(A, B) || {A, B} <- [{error, info}, {debug, all}, {none, emergency}, {info, info}]]),
    filters(), formatters(), handlers(), to_file(), old_logger().

say(What, Value) -> io:format(user, "~s: ~0p~n", [What, Value]).
show(Text) -> io:format(user, "~ts~n", [re:replace(Text, "<0\\.\\d+\\.\\d+>", "PID", [global, {return, binary}])]).

filters() ->
    say("filter", logger:add_handler_filter(one, only, {fun ?MODULE:only/2, "keep"})),
    ?LOG_ERROR("keep this"), ?LOG_ERROR("drop that"),
    say("same", logger:add_handler_filter(one, only, {fun ?MODULE:only/2, x})),
    say("remove", [logger:remove_handler_filter(one, F) || F <- [only, only]]),
    say("left", maps:get(filters, logger:get_primary_config())),
    say("domain", logger:add_primary_filter(dom, {fun logger_filters:domain/2, {stop, sub, [quiet]}})),
    ?LOG_ERROR("stopped", #{domain => [quiet, corner]}), ?LOG_ERROR("passes", #{domain => [loud]}),
    say("bad", logger:add_primary_filter(x, {fun ?MODULE:main/0, 1})),
    say("remove", logger:remove_primary_filter(dom)).

formatters() ->
    Event = #{level => error, meta => #{time => 0, mfa => {m, f, 1}, line => 3, pid => self(), file => "x.erl"},
              msg => {report, #{label => {x, y}, report => [{a, lists:seq(1, 40)}, {b, "text\nlines"}]}}},
    [show(logger_formatter:format(Event, C)) || C <- [#{}, #{single_line => true}, #{single_line => false, max_size => 60},
        #{depth => 5}, #{chars_limit => 30}, #{template => [[level], " at ", mfa, "/", file, "|", {nope, ["yes"], ["no"]}, "\n"]},
        #{time_offset => "Z", template => [time]}, #{time_offset => 3600, time_designator => $\s, template => [time]},
        #{template => [msg], report_cb => fun(R) -> {"cb ~p", [maps:size(R)]} end},
        #{template => [msg], report_cb => fun(R, O) -> io_lib:format("cb2 ~p ~p", [maps:size(R), lists:sort(maps:keys(O))]) end}]],
    show(logger_formatter:format(Event#{msg := {"~p~n~s", [{a, b}, "c"]}}, #{legacy_header => true, time_offset => "Z"})),
    show(logger_formatter:format(Event#{msg := {string, "plain"}}, #{template => [msg]})),
    say("bad config", logger_formatter:check_config(#{depth => nope})),
    say("good config", logger_formatter:check_config(#{depth => 3, chars_limit => unlimited})).

handlers() ->
    say("formatter", logger:update_handler_config(one, formatter, {?MODULE, #{}})),
    ?LOG_ERROR("formatted by itself"),
    say("bad formatter", logger:set_handler_config(one, formatter, {no_such_formatter, #{}})),
    say("refused", logger:add_handler(two, ?MODULE, #{config => refuse})),
    say("handlers", logger:get_handler_ids()),
    say("no module", logger:add_handler(four, no_such_handler, #{})),
    say("remove", [logger:remove_handler(H) || H <- [one, one]]).

to_file() ->
    Name = filename:join(os:getenv("TMPDIR", "/tmp"), "conform_app_logging_" ++ os:getpid()),
    say("file", logger:add_handler(file, logger_std_h, #{config => #{file => Name, max_no_bytes => 200, max_no_files => 2},
                                                         formatter => {logger_formatter, #{template => [level, ":", msg, "\n"]}}})),
    [begin ?LOG_ERROR("line ~2..0w of many more or less long lines", [N]), logger_std_h:filesync(file) end || N <- lists:seq(1, 12)],
    say("rotated", [{filename:basename(F) =:= filename:basename(Name), element(2, file:read_file(F))} || F <- [Name, Name ++ ".0", Name ++ ".1", Name ++ ".2"]]),
    {ok, #{config := C}} = logger:get_handler_config(file),
    say("config", maps:with([max_no_bytes, max_no_files, type, file_check, burst_limit_max_count, sync_mode_qlen], C)),
    say("change", element(1, element(2, logger:update_handler_config(file, config, #{type => standard_io})))),
    say("remove", logger:remove_handler(file)),
    [file:delete(Name ++ E) || E <- ["", ".0", ".1"]],
    say("nowhere", element(1, logger:add_handler(file, logger_std_h, #{config => #{file => "/dev/null/at/all"}}))).

old_logger() ->
    say("old", error_logger:add_report_handler(?MODULE, here)),
    error_logger:error_msg("old ~p", [1]), error_logger:warning_report([{a, 1}]), error_logger:info_report(kind, data),
    ?LOG_ERROR("new to old"),
    say("which", error_logger:which_report_handlers()),
    say("delete", error_logger:delete_report_handler(?MODULE)).

%% ---- a handler ----

log(Event, #{id := Id, config := C, formatter := {M, F}}) ->
    io:format(user, "~p ~p ~ts~n", [Id, C, re:replace(M:format(Event, F), "<0\\.\\d+\\.\\d+>", "PID", [global, unicode, {return, binary}])]).

adding_handler(#{config := refuse}) -> {error, no_thanks};
adding_handler(C) -> {ok, C}.
removing_handler(#{id := Id}) -> say("removing", Id).
changing_config(How, Old, New) -> say("changing", {How, maps:get(config, Old, none), maps:get(config, New, none)}), {ok, New}.
filter_config(C) -> C.
format(#{level := L, msg := {string, S}}, _) -> io_lib:format("<~p ~ts>", [L, S]);
format(#{level := L, msg := {F, A}}, _) -> io_lib:format("<~p ~ts>", [L, io_lib:format(F, A)]).

only(#{msg := {string, S}} = Event, Word) -> case string:prefix(S, Word) of nomatch -> stop; _ -> Event end.

%% ---- an old handler ----

init(State) -> {ok, State}.
handle_event({Kind, _, {Pid, What, Data}}, State) -> say("event", {Kind, is_pid(Pid), What, Data}), {ok, State};
handle_event(_, State) -> {ok, State}.
handle_call(_, State) -> {ok, State, State}.
terminate(Why, State) -> say("terminate", {Why, State}).
