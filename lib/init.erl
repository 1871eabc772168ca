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
    [{root, [code:root_dir()]}, {progname, [brc_native:program()]}, {home, [home()]}, {noshell, []} | configured() ++ flags()].

get_argument(Flag) ->
    case [Values || {F, Values} <- get_arguments(), F =:= Flag] of
        [] -> error;
        All -> {ok, All}
    end.

%% ---- flags ----

%% Those of BEAMRC_FLAGS that begin with a dash, each with its values, as on erl's command line.
flags() ->
    case os:getenv("BEAMRC_FLAGS") of
        false -> [];
        Text -> flags(drop_values(words(Text)))
    end.

flags([]) -> [];
flags(["--" | Words]) -> flags(drop_values(Words));
flags(["-extra" | _]) -> [];
flags([[$- | Name] | Words]) ->
    {Values, Rest} = values(Words, []),
    [{list_to_atom(Name), Values} | flags(Rest)];
flags([[$+ | _] | Words]) -> flags(drop_values(Words)).

values([[C | _] | _] = Rest, Values) when C =:= $-; C =:= $+ -> {lists:reverse(Values), Rest};
values([Value | Rest], Values) -> values(Rest, [Value | Values]);
values([], Values) -> {lists:reverse(Values), []}.

drop_values([[C | _] | _] = Words) when C =:= $-; C =:= $+ -> Words;
drop_values([_ | Words]) -> drop_values(Words);
drop_values([]) -> [].

%% Words between blanks; quotes hold blanks together, a backslash takes the next character as it is.
words(Text) -> words(Text, none, [], []).

words([], none, [], Words) -> lists:reverse(Words);
words([], _, Word, Words) -> lists:reverse(Words, [lists:reverse(Word)]);
words([Q | Text], Q, Word, Words) -> words(Text, word, Word, Words);
words([$\\, C | Text], none, [], Words) -> words(Text, word, [C], Words);
words([$\\, C | Text], State, Word, Words) when State =/= $' -> words(Text, State, [C | Word], Words);
words([Q | Text], State, Word, Words) when (Q =:= $" orelse Q =:= $'), (State =:= none orelse State =:= word) ->
    words(Text, Q, Word, Words);
words([C | Text], none, [], Words) when C =:= $\s; C =:= $\t; C =:= $\n -> words(Text, none, [], Words);
words([C | Text], word, Word, Words) when C =:= $\s; C =:= $\t; C =:= $\n ->
    words(Text, none, [], [lists:reverse(Word) | Words]);
words([C | Text], none, Word, Words) -> words(Text, word, [C | Word], Words);
words([C | Text], State, Word, Words) -> words(Text, State, [C | Word], Words).

%% The configuration that the executable carries comes first: others go before it.
configured() ->
    case prim_file:read_file_info("/embedded:/sys.config") of
        {ok, _} -> [{config, ["/embedded:/sys"]}];
        {error, _} -> []
    end.

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
