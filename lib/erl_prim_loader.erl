%% erl_prim_loader: in place of OTP's: files by name. Nothing is loaded from them.
-module(erl_prim_loader).
-export([get_file/1, get_path/0, set_path/1, list_dir/1, read_file_info/1, read_link_info/1, get_cwd/0,
         get_cwd/1]).

get_file(Name) when is_list(Name) ->
    case prim_file:read_file(Name) of
        {ok, Bin} -> {ok, Bin, Name};
        {error, _} -> error
    end;
get_file(Name) when is_atom(Name) ->
    get_file(atom_to_list(Name)).

get_path() -> {ok, code:get_path()}.
set_path(_) -> ok.

list_dir(Name) -> or_error(prim_file:list_dir(Name)).
read_file_info(Name) -> or_error(prim_file:read_file_info(Name)).
read_link_info(Name) -> or_error(prim_file:read_link_info(Name)).
get_cwd() -> or_error(prim_file:get_cwd()).
get_cwd(Drive) -> or_error(prim_file:get_cwd(Drive)).

or_error({ok, _} = Ok) -> Ok;
or_error({error, _}) -> error.
