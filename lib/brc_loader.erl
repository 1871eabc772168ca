%% brc_loader: code loaded at run time: what `code` leaves to it. It is part of a program that can
%% load code, and of no other. The files' names are persistent terms.
-module(brc_loader).
-export([brc_load/1, brc_ensure/1, brc_undefined/3, load_binary/3, load_abs/1, load_abs/2, object/1, prepare_one/1, finish/1, file/1,
         delete/1, purge/1, soft_purge/1]).

%% ---- modules ----

%% From the first folder of the path that has it, or from the program, if it was deleted there.
brc_load(Mod) ->
    case object(Mod) of
        {Mod, Bin, File} -> load(Mod, File, Bin);
        error ->
            case brc_native:restore(Mod) of
                true -> {module, Mod};
                false -> {error, nofile}
            end
    end.

%% true, or why not.
brc_ensure(Mod) ->
    case brc_load(Mod) of
        {module, Mod} -> true;
        {error, Reason} -> Reason
    end.

%% A call of what is nowhere yet. Its trace does not show this function.
brc_undefined(Mod, Name, Args) ->
    case erlang:module_loaded(Mod) orelse brc_ensure(Mod) of
        true -> apply(Mod, Name, Args);
        _ -> undefined(Mod, Name, Args)
    end.

undefined(Mod, Name, Args) ->
    try error(undef)
    catch
        error:undef:Trace ->
            Callers = [Frame || Frame <- Trace, element(1, Frame) =/= ?MODULE],
            erlang:raise(error, undef, [{Mod, Name, Args, []} | Callers])
    end.

object(Mod) ->
    case brc_path:where(atom_to_list(Mod) ++ ".beam") of
        non_existing -> error;
        File ->
            case prim_file:read_file(File) of
                {ok, Bin} -> {Mod, Bin, filename:absname(File)};
                {error, _} -> error
            end
    end.

load_abs(File) -> load_abs(File, list_to_atom(filename:basename(name(File)))).

load_abs(File, Mod) ->
    Path = filename:absname(name(File) ++ ".beam"),
    case prim_file:read_file(Path) of
        {ok, Bin} -> load(Mod, Path, Bin);
        {error, _} -> {error, nofile}
    end.

%% Where it is loaded already, as stock: an old version is purged. Not where it was deleted.
load_binary(Mod, File, Bin) ->
    _ = erlang:module_loaded(Mod) andalso purge(Mod),
    load(Mod, File, Bin).

load(Mod, File, Bin) ->
    case prepare({Mod, File, Bin}) of
        {error, Reason} -> {error, Reason};
        {ok, Prepared} -> finish_one(Prepared)
    end.

prepare({Mod, File, Bin}) ->
    case brc_native:is_sticky(Mod) of
        true -> {error, sticky_directory};
        false ->
            case erlang:prepare_loading(Mod, Bin) of
                {error, Reason} -> {error, Reason};
                Ref -> {ok, {Mod, File, Ref}}
            end
    end.

finish_one({Mod, _, Ref} = Prepared) ->
    case run_on_load(brc_native:on_load(Ref)) of
        ok ->
            case finish([Prepared]) of
                ok -> {module, Mod};
                {Reason, _} -> {error, Reason}
            end;
        error -> {error, on_load_failure}
    end.

finish(Prepared) ->
    case erlang:finish_loading([Ref || {_, _, Ref} <- Prepared]) of
        ok ->
            [persistent_term:put({?MODULE, Mod}, File) || {Mod, File, _} <- Prepared],
            ok;
        Error -> Error
    end.

%% Anything but ok, and the module is not loaded.
run_on_load(undefined) -> ok;
run_on_load(Fun) ->
    {Pid, Monitor} = spawn_monitor(fun() -> exit({?MODULE, Fun()}) end),
    receive
        {'DOWN', Monitor, process, Pid, {?MODULE, ok}} -> ok;
        {'DOWN', Monitor, process, Pid, _} -> error
    end.

%% Several modules at once may have no on_load function.
prepare_one({Mod, _, _} = Module) when is_atom(Mod) ->
    case prepare(Module) of
        {ok, {_, _, Ref}} = Ok ->
            case erlang:has_prepared_code_on_load(Ref) of
                true -> {error, on_load_not_allowed};
                false -> Ok
            end;
        Error -> Error
    end;
prepare_one(Mod) ->
    case object(Mod) of
        {Mod, Bin, File} -> prepare_one({Mod, File, Bin});
        error -> {error, nofile}
    end.

file(Mod) -> persistent_term:get({?MODULE, Mod}, undefined).

delete(Mod) ->
    try erlang:delete_module(Mod) of
        true -> true;
        undefined -> false
    catch
        error:badarg -> false
    end.

%% ---- old versions ----

%% Whether a process had to be killed.
purge(Mod) ->
    case erlang:check_old_code(Mod) of
        true ->
            Killed = [kill(Pid) || Pid <- users(Mod)],
            forget(Mod),
            Killed =/= [];
        false -> false
    end.

soft_purge(Mod) ->
    case erlang:check_old_code(Mod) andalso users(Mod) of
        false -> true;
        [] -> forget(Mod);
        [_ | _] -> false
    end.

users(Mod) -> [Pid || Pid <- processes(), Pid =/= self(), erlang:check_process_code(Pid, Mod)].

forget(Mod) ->
    try erlang:purge_module(Mod) catch error:badarg -> true end.

kill(Pid) ->
    Monitor = monitor(process, Pid),
    exit(Pid, kill),
    receive {'DOWN', Monitor, process, Pid, _} -> Pid end.

name(Name) when is_atom(Name) -> atom_to_list(Name);
name(Name) -> Name.
