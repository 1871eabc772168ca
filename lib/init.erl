%% init: in place of OTP's: the questions that programs ask of it. The process of that name is
%% brc_boot's.
-module(init).
-export([stop/0, stop/1, restart/0, restart/1, reboot/0, boot/1,
         get_argument/1, get_arguments/0, get_plain_arguments/0, get_status/0, script_id/0,
         script_name/0, objfile_extension/0, archive_extension/0, code_path_choice/0,
         make_permanent/2, notify_when_started/1, wait_until_started/0, fetch_loaded/0,
         ensure_loaded/1, run_on_load_handlers/0, run_on_load_handlers/1, get_configfd/1,
         set_configfd/2]).

stop() ->
    stop(0).

stop(Status) when is_integer(Status), Status >= 0; is_list(Status) ->
    init ! {stop, Status},
    ok;
stop(_) ->
    erlang:error(badarg).

%% There is no emulator to start again: the program ends.
restart() -> stop().
restart(_) -> stop().
reboot() -> stop().

boot(_) -> erlang:error(badarg).

get_plain_arguments() ->
    brc_native:arguments().

get_arguments() ->
    [{progname, [brc_native:program()]}, {home, [home()]}, {noshell, []}].

get_argument(progname) -> {ok, [[brc_native:program()]]};
get_argument(home) -> {ok, [[home()]]};
get_argument(noshell) -> {ok, [[]]};
get_argument(_) -> error.

home() ->
    case os:getenv("HOME") of
        false -> "/";
        Home -> Home
    end.

get_status() -> {started, started}.
script_id() -> {"beamrc", "0"}.
script_name() -> [].
objfile_extension() -> ".beam".
archive_extension() -> ".ez".
code_path_choice() -> relaxed.
make_permanent(_, _) -> ok.
notify_when_started(_) -> started.
wait_until_started() -> ok.
fetch_loaded() -> [].
ensure_loaded(_) -> not_allowed.
run_on_load_handlers() -> ok.
run_on_load_handlers(_) -> ok.

%% No configuration comes through a descriptor of the start script.
get_configfd(_) -> none.
set_configfd(_, _) -> ok.
