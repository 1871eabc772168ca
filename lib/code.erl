%% code: in place of OTP's: the modules of a program are all there from its start; others come only
%% where the program itself loads code (brc_loader): there is no code server, and a module that is
%% compiled into the program is sticky until it is deleted. Folders are brc_path's.
-module(code).
-beamrc_applies_told([]). %% brc_loader is there whole or not at all
-export([add_path/1, add_patha/1, add_pathsa/1, add_paths/1, add_pathz/1, add_pathsz/1,
         all_available/0, all_loaded/0, atomic_load/1, clash/0, compiler_dir/0, del_path/1,
         delete/1, ensure_loaded/1, ensure_modules_loaded/1, finish_loading/1, get_chunk/2,
         get_doc/1, get_mode/0, get_object_code/1, get_path/0, is_loaded/1, is_module_native/1,
         is_sticky/1, lib_dir/0, lib_dir/1, lib_dir/2, load_abs/1, load_abs/2, load_binary/3, load_file/1,
         modified_modules/0, module_md5/1, module_status/0, module_status/1, objfile_extension/0,
         prepare_loading/1, priv_dir/1, purge/1, rehash/0, replace_path/2, root_dir/0, set_path/1,
         soft_purge/1, stick_dir/1, stick_mod/1, unstick_dir/1, unstick_mod/1, where_is_file/1,
         where_is_file/2, which/1]).

-define(PRELOADED(M), M =:= erlang; M =:= erts_internal; M =:= init; M =:= prim_file;
        M =:= prim_inet; M =:= zlib; M =:= prim_zip; M =:= erl_prim_loader; M =:= atomics;
        M =:= counters; M =:= persistent_term; M =:= prim_buffer; M =:= prim_eval; M =:= prim_net;
        M =:= prim_socket; M =:= socket_registry; M =:= erl_init; M =:= erl_tracer;
        M =:= erts_code_purger; M =:= erts_dirty_process_signal_handler;
        M =:= erts_literal_area_collector).

%% ---- modules ----

ensure_loaded(Mod) when is_atom(Mod) ->
    case load(Mod) of
        true -> {module, Mod};
        Reason -> {error, Reason}
    end.

load(Mod) when ?PRELOADED(Mod) -> true;
load(Mod) -> brc_native:ensure_loaded(Mod).

%% What the loader says, where there is one. It is not named here: that would make it part of every
%% program.
loader(Function, Args, Otherwise) ->
    try list_to_existing_atom("brc_loader") of
        Loader ->
            case erlang:function_exported(Loader, Function, length(Args)) of
                true -> apply(Loader, Function, Args);
                false -> Otherwise
            end
    catch
        error:badarg -> Otherwise
    end.

ensure_modules_loaded(Mods) ->
    verdict([{M, nofile} || M <- names(Mods), load(M) =/= true]).

%% What stock loads before all else is here without a function of its own, too.
there(Mod) when ?PRELOADED(Mod) -> true;
there(Mod) -> erlang:module_loaded(Mod).

names(Mods) ->
    case is_list(Mods) andalso lists:all(fun is_atom/1, Mods) of
        true -> lists:usort(Mods);
        false -> error(function_clause, [Mods])
    end.

verdict([]) -> ok;
verdict(Errors) -> {error, Errors}.

load_file(Mod) when is_atom(Mod) ->
    case there(Mod) andalso brc_native:is_sticky(Mod) of
        true -> {module, Mod};
        false -> loader(brc_load, [Mod], {error, nofile})
    end.

load_abs(File) when is_list(File); is_atom(File) ->
    loader(load_abs, [File], {error, nofile}).

load_abs(File, Mod) when (is_list(File) orelse is_atom(File)), is_atom(Mod) ->
    loader(load_abs, [File, Mod], {error, nofile}).

load_binary(Mod, File, Bin)
  when is_atom(Mod), (is_list(File) orelse is_atom(File)), is_binary(Bin) ->
    loader(load_binary, [Mod, File, Bin], {error, badfile}).

atomic_load(Mods) when is_list(Mods) ->
    Here = [M || M <- Mods, not (is_atom(M) andalso there(M))],
    case prepare_loading(Here) of
        {ok, Prepared} -> finish_loading(Prepared);
        Error -> Error
    end.

prepare_loading(Mods) when is_list(Mods) ->
    Done = [{name(M), loader(prepare_one, [M], {error, nofile})} || M <- Mods],
    case [{M, Reason} || {M, {error, Reason}} <- Done] of
        [] -> {ok, {code, [P || {_, {ok, P}} <- Done]}};
        Errors -> {error, Errors}
    end.

finish_loading({code, Prepared}) ->
    case loader(finish, [Prepared], ok) of
        ok -> ok;
        {Reason, Mods} -> {error, [{M, Reason} || M <- Mods]}
    end;
finish_loading(_) -> error(badarg).

name({Mod, _File, Bin}) when is_atom(Mod), is_binary(Bin) -> Mod;
name(Mod) when is_atom(Mod) -> Mod.

delete(Mod) when is_atom(Mod) -> loader(delete, [Mod], false).
purge(Mod) when is_atom(Mod) -> loader(purge, [Mod], false).
soft_purge(Mod) when is_atom(Mod) -> loader(soft_purge, [Mod], true).

is_loaded(Mod) when is_atom(Mod) ->
    case there(Mod) of
        true -> {file, file(Mod)};
        false -> false
    end.

which(Mod) when is_atom(Mod) ->
    case there(Mod) of
        true -> file(Mod);
        false -> where_is_file(atom_to_list(Mod) ++ ".beam")
    end.

file(Mod) when ?PRELOADED(Mod) -> preloaded;
file(Mod) ->
    case loader(file, [Mod], undefined) of
        undefined -> brc_path:module(Mod);
        File -> File
    end.

all_loaded() -> [{M, file(M)} || M <- erlang:loaded(), there(M)].
all_available() -> [{atom_to_list(M), file(M), true} || M <- lists:sort(erlang:loaded())].
module_status() -> [{M, module_status(M)} || M <- erlang:loaded()].

module_status(Mods) when is_list(Mods) -> [{M, module_status(M)} || M <- Mods];
module_status(Mod) when is_atom(Mod) ->
    case there(Mod) of
        true -> loaded;
        false -> not_loaded
    end.

modified_modules() -> [].
is_module_native(Mod) when is_atom(Mod) -> false.
module_md5(Bin) when is_binary(Bin) -> undefined.
get_object_code(Mod) when is_atom(Mod) -> loader(object, [Mod], error).
get_chunk(_, _) -> error(badarg).

get_doc(Mod) when is_atom(Mod) ->
    case there(Mod) of
        true -> {error, missing};
        false -> {error, non_existing}
    end.

is_sticky(Mod) when is_atom(Mod) -> brc_native:is_sticky(Mod).
stick_mod(Mod) when is_atom(Mod) -> true.
unstick_mod(Mod) when is_atom(Mod) -> true.
get_mode() -> embedded.
objfile_extension() -> ".beam".
rehash() -> ok.
clash() -> ok.

%% ---- folders ----

root_dir() -> brc_path:root().
lib_dir() -> brc_path:libs().

compiler_dir() ->
    case brc_path:lib(compiler) of
        {error, _} -> "";
        Dir -> Dir
    end.

lib_dir(App) when is_atom(App); is_list(App) -> brc_path:lib(App).
lib_dir(App, Below) when is_atom(App), is_atom(Below) -> brc_path:lib(App, Below).
priv_dir(App) when is_atom(App); is_list(App) -> brc_path:lib(App, priv).
get_path() -> brc_path:get().
set_path(Path) when is_list(Path) -> brc_path:set(Path).
add_path(Dir) when is_list(Dir) -> brc_path:add_last(Dir).
add_patha(Dir) when is_list(Dir) -> brc_path:add_first(Dir).
add_pathz(Dir) when is_list(Dir) -> brc_path:add_last(Dir).
add_paths(Dirs) when is_list(Dirs) -> brc_path:add_all(last, Dirs).
add_pathsa(Dirs) when is_list(Dirs) -> brc_path:add_all(first, Dirs).
add_pathsz(Dirs) when is_list(Dirs) -> brc_path:add_all(last, Dirs).
del_path(Dir) when is_list(Dir); is_atom(Dir) -> brc_path:del(Dir).

replace_path(App, Dir) when (is_atom(App) orelse is_list(App)), (is_atom(Dir) orelse is_list(Dir)) ->
    brc_path:replace(App, Dir).

stick_dir(Dir) when is_list(Dir) -> error.
unstick_dir(Dir) when is_list(Dir) -> error.
where_is_file(File) when is_list(File) -> brc_path:where(File).
where_is_file(Path, File) when is_list(Path) -> brc_path:where(Path, File).
