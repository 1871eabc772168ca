%% brc_path: the folders that `code` looks in: those of the flags -pa and -pz, the current one, and
%% the applications inside the executable, which stand below /embedded:/lib as a release has them.
%% The path is a persistent term. An application's folder is that of the first one on the path which
%% bears its name. What is OTP's own is told by its name on disc where it is there, for whoever runs or
%% reads what is beside it.
-module(brc_path).
-compile({no_auto_import, [get/0]}).
-export([root/0, libs/0, get/0, set/1, add_first/1, add_last/1, add_all/2, del/1, replace/2, lib/1,
         lib/2, where/1, where/2, carried/1, module/1]).

-define(ROOT, "/embedded:").

root() -> real("").
libs() -> real("/lib").

%% A file of OTP's, by its name in the executable: on disc, where the OTP that the program was built
%% with has it.
real(Below) ->
    Root = otp_root(),
    File = Root ++ Below,
    case Root =/= [] andalso prim_file:read_file_info(File) of
        {ok, _} -> File;
        _ -> ?ROOT ++ Below
    end.

otp_root() ->
    case prim_file:read_file(?ROOT "/otp-root") of
        {ok, Root} -> unicode:characters_to_list(Root);
        {error, _} -> []
    end.

%% ---- the path ----

get() ->
    case persistent_term:get(?MODULE, none) of
        none -> initial();
        Path -> Path
    end.

initial() ->
    First = lists:foldl(fun first/2, ["." | embedded()], existing(pa)),
    lists:foldl(fun last/2, First, existing(pz)).

embedded() ->
    case prim_file:list_dir(?ROOT "/lib") of
        {ok, Names} -> [filename:join([?ROOT "/lib", Name, "ebin"]) || Name <- lists:sort(Names)];
        {error, _} -> []
    end.

existing(Flag) ->
    case init:get_argument(Flag) of
        {ok, Lists} -> [Dir || Dirs <- Lists, Dir <- Dirs, is_folder(Dir)];
        error -> []
    end.

put_path(Path) -> persistent_term:put(?MODULE, Path), true.

set(Dirs) when is_list(Dirs) ->
    try [normal(D) || D <- Dirs] of
        Path ->
            case lists:all(fun is_folder/1, Path) of
                true -> put_path(Path);
                false -> {error, bad_directory}
            end
    catch
        error:_ -> {error, bad_directory}
    end.

add_first(Dir) -> add(Dir, fun first/2).
add_last(Dir) -> add(Dir, fun last/2).

%% Those that are no folders are passed over.
add_all(first, Dirs) -> lists:foreach(fun add_first/1, lists:reverse(Dirs));
add_all(last, Dirs) -> lists:foreach(fun add_last/1, Dirs).

add(Dir, Into) ->
    case is_text(Dir) andalso is_folder(Dir) of
        true -> put_path(Into(normal(Dir), get()));
        false -> {error, bad_directory}
    end.

first(Dir, Path) -> [Dir | lists:delete(Dir, Path)].

last(Dir, Path) ->
    case lists:member(Dir, Path) of
        true -> Path;
        false -> Path ++ [Dir]
    end.

%% A folder, or the name of the application that it belongs to.
del(NameOrDir) ->
    try normal(NameOrDir) of
        Name ->
            case lists:splitwith(fun(D) -> D =/= Name andalso name(D) =/= Name end, get()) of
                {_, []} -> false;
                {Before, [_ | After]} -> put_path(Before ++ After)
            end
    catch
        error:_ -> {error, bad_name}
    end.

replace(App, Dir0) ->
    Name = text(App),
    Dir = normal(Dir0),
    case {name(Dir), is_folder(Dir)} of
        {Name, true} ->
            {Before, After} = lists:splitwith(fun(D) -> name(D) =/= Name end, get()),
            put_path(Before ++ [Dir | lists:nthtail(min(1, length(After)), After)]);
        {Name, false} -> {error, bad_directory};
        _ -> {error, bad_name}
    end.

%% ---- applications ----

lib(App) ->
    Name = text(App),
    case [Dir || Dir <- get(), is_text(Name), application(Dir) =:= Name] of
        [?ROOT ++ Below | _] -> real(without_ebin(Below));
        [Dir | _] -> without_ebin(Dir);
        [] -> {error, bad_name}
    end.

lib(App, Below) when is_atom(Below) ->
    case lib(App) of
        {error, _} = Error -> Error;
        Dir -> filename:join(Dir, atom_to_list(Below))
    end.

%% A relative folder is called as the one that it stands for.
application(Dir) ->
    case name(Dir) of
        Name when Name =:= "ebin"; Name =:= "." -> name(filename:absname(Dir));
        Name -> Name
    end.

name(Dir) ->
    Folder = case lists:reverse(filename:split(Dir)) of
                 ["ebin", App | _] -> App;
                 [Last | _] -> Last;
                 [] -> ""
             end,
    hd(string:split(Folder, "-")).

without_ebin(Dir) ->
    case lists:reverse(filename:split(Dir)) of
        ["ebin", _, _ | _] -> filename:dirname(Dir);
        ["ebin" | _] -> filename:dirname(filename:absname(Dir));
        _ -> Dir
    end.

%% Where a module of the program stands, by the list that the compiler makes (emit/program.c).
module(Mod) ->
    File = atom_to_list(Mod) ++ ".beam",
    case brc_native:library(Mod) of
        undefined -> File;
        Library -> real(filename:join(["/lib", Library, "ebin", File]))
    end.

%% ---- files ----

where(File) -> where(get(), File).

where([{Dir, Names} | Path], File) ->
    case lists:member(File, Names) of
        true -> filename:append(Dir, File);
        false -> where(Path, File)
    end;
where([Dir | Path], File) ->
    Full = filename:append(Dir, File),
    case prim_file:read_file_info(Full) of
        {ok, _} -> Full;
        {error, _} -> where(Path, File)
    end;
where([], _) -> non_existing.

%% One that the executable carries.
carried(File) -> where(embedded(), File).

is_folder(Dir) ->
    case prim_file:read_file_info(Dir) of
        {ok, Info} -> element(3, Info) =:= directory;
        {error, _} -> false
    end.

normal(Dir) -> filename:join([text(Dir)]).

is_text(Text) -> lists:all(fun is_integer/1, Text).

text(Atom) when is_atom(Atom) -> atom_to_list(Atom);
text(Text) -> Text.
