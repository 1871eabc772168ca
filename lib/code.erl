%% code: in place of OTP's: the modules of a program are all there from its start, and no others
%% come. There are no folders of .beam files: what asks for one is told that there is none.
-module(code).
-export([add_path/1, add_patha/1, add_pathsa/1, add_paths/1, add_pathz/1, add_pathsz/1,
         all_available/0, all_loaded/0, atomic_load/1, clash/0, compiler_dir/0, del_path/1,
         delete/1, ensure_loaded/1, ensure_modules_loaded/1, finish_loading/1, get_chunk/2,
         get_doc/1, get_mode/0, get_object_code/1, get_path/0, is_loaded/1, is_module_native/1,
         is_sticky/1, lib_dir/0, lib_dir/1, lib_dir/2, load_abs/1, load_binary/3, load_file/1,
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
    case there(Mod) of
        true -> {module, Mod};
        false -> {error, nofile}
    end.

ensure_modules_loaded(Mods) ->
    verdict([{M, nofile} || M <- names(Mods), not there(M)]).

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

load_file(Mod) when is_atom(Mod) -> ensure_loaded(Mod).
load_abs(File) when is_list(File); is_atom(File) -> {error, nofile}.
load_binary(Mod, _File, Bin) when is_atom(Mod), is_binary(Bin) -> {error, badfile}.

atomic_load(Mods) when is_list(Mods) ->
    verdict([{M, nofile} || M <- lists:map(fun name/1, Mods), not there(M)]).

prepare_loading(Mods) when is_list(Mods) ->
    {error, [{M, nofile} || M <- lists:map(fun name/1, Mods)]}.

finish_loading(_) -> error(badarg).

name({Mod, _File, Bin}) when is_atom(Mod), is_binary(Bin) -> Mod;
name(Mod) when is_atom(Mod) -> Mod.

delete(Mod) when is_atom(Mod) -> false.
purge(Mod) when is_atom(Mod) -> false.
soft_purge(Mod) when is_atom(Mod) -> true.

is_loaded(Mod) when is_atom(Mod) ->
    case there(Mod) of
        true -> {file, file(Mod)};
        false -> false
    end.

which(Mod) when is_atom(Mod) ->
    case there(Mod) of
        true -> file(Mod);
        false -> non_existing
    end.

file(Mod) when ?PRELOADED(Mod) -> preloaded;
file(Mod) -> atom_to_list(Mod) ++ ".beam".

all_loaded() -> [{M, file(M)} || M <- erlang:loaded()].
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
get_object_code(Mod) when is_atom(Mod) -> error.
get_chunk(_, _) -> error(badarg).

get_doc(Mod) when is_atom(Mod) ->
    case there(Mod) of
        true -> {error, missing};
        false -> {error, non_existing}
    end.

is_sticky(Mod) when is_atom(Mod) -> false.
stick_mod(Mod) when is_atom(Mod) -> true.
unstick_mod(Mod) when is_atom(Mod) -> true.
get_mode() -> embedded.
objfile_extension() -> ".beam".
rehash() -> ok.
clash() -> ok.

%% ---- folders ----

root_dir() -> "".
lib_dir() -> "lib".
compiler_dir() -> "".
lib_dir(_) -> {error, bad_name}.
lib_dir(_, _) -> {error, bad_name}.
priv_dir(_) -> {error, bad_name}.
get_path() -> [].
set_path(_) -> {error, bad_directory}.
add_path(_) -> {error, bad_directory}.
add_patha(_) -> {error, bad_directory}.
add_pathz(_) -> {error, bad_directory}.
add_paths(_) -> ok.
add_pathsa(_) -> ok.
add_pathsz(_) -> ok.
del_path(_) -> false.
replace_path(_, _) -> {error, bad_directory}.
stick_dir(_) -> error.
unstick_dir(_) -> error.
%% Files inside the executable are known by their name alone.
where_is_file(Name) ->
    case brc_native:carried(Name) of
        undefined -> non_existing;
        _ -> Name
    end.

where_is_file(_, _) -> non_existing.
