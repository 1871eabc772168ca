%% Libraries on top of files: consult, path_open, filelib, folders made and removed.
-module(file_lib).
-export([main/0]).

main() ->
    D = filename:join("/tmp", "conform_file_lib_" ++ os:getpid()),
    p(filelib:ensure_dir(D ++ "/a/b/c/file")), p(filelib:ensure_dir(D ++ "/a/b/c/file")),
    p(filelib:ensure_path(D ++ "/a/x/y")),
    [ok = file:write_file(filename:join([D, "a", N]), N)
     || N <- ["one.erl", "two.erl", "three.hrl", "b/four.erl", "b/c/five.txt", ".hidden"]],
    [p({W, lists:sort(filelib:wildcard(W, D))})
     || W <- ["*", "*/*", "a/*.erl", "a/{one,three}.*", "**/*.erl", "a/?wo.erl", "a/[o-t]*", "none*",
              "a/b/../*.hrl", "**/c/*", "a/.*", "*/b", "a/one.erl", "a/{b,x}/*"]],
    p(filelib:fold_files(D, "\\.erl$", true, fun(F, A) -> [filename:basename(F) | A] end, [])
      -- ["four.erl", "one.erl", "two.erl"]),
    p(filelib:fold_files(D ++ "/a", "", false, fun(_, N) -> N + 1 end, 0)),
    terms(filename:join(D, "terms")),
    {ok, H, Name} = file:path_open([D ++ "/none", D ++ "/a"], "one.erl", [read]),
    p({file:read(H, 10), Name =:= D ++ "/a/one.erl", file:close(H)}),
    p(file:path_open([D], "nothing", [read])),
    p(file:path_consult([D ++ "/none", D], "terms") =/= ok),
    tree(D),
    p(file:del_dir_r(D)), p(file:del_dir_r(D)).

terms(F) ->
    p(file:write_file(F, "{a, 1}.\n[b, \"two\"]. % text\n#{c => 3}.\n")), p(file:consult(F)),
    {ok, Terms} = file:consult(F),
    p(file:write_file(F, [io_lib:format("~p.~n", [T]) || T <- Terms])),
    p(file:consult(F) =:= {ok, Terms}),
    p(file:write_file(F, "")), p(file:consult(F)),
    p(file:write_file(F, "{a, 1.\n")), p(file:consult(F)),
    p(file:write_file(F, "a. foo(.\n")), p(file:consult(F)),
    p(file:write_file(F, <<"%% coding: latin-1\n\"", 229, "\".\n">>)), p(file:consult(F)),
    p(file:write_file(F, <<"%% -*- coding: utf-8 -*-\n\"", 229/utf8, "\".\n">>)), p(file:consult(F)),
    p(file:write_file(F, <<"\"", 229, "\".\n">>)), p(file:consult(F)),
    p(file:write_file(F, "X = 3, Y = 4.\nX * Y.\n")), p(file:script(F)), p(file:eval(F)),
    p(file:write_file(F, "X = foo + 1.\n")), p(element(1, file:script(F))).

tree(D) ->
    p(file:rename(D ++ "/a/b", D ++ "/moved")),
    p(lists:sort(element(2, file:list_dir(D)))),
    p(file:del_dir(D ++ "/moved")), p(file:make_symlink(D ++ "/a", D ++ "/ln")),
    p(file:del_dir_r(D ++ "/ln")), p(filelib:is_dir(D ++ "/a")),
    p(file:copy(D ++ "/a/one.erl", D ++ "/copy")), p(file:read_file(D ++ "/copy")),
    {ok, From} = file:open(D ++ "/copy", [read, binary]),
    {ok, To} = file:open(D ++ "/copy2", [write]),
    p(file:copy(From, To, 3)), p(file:copy(From, To)), file:close(From), file:close(To),
    p(file:read_file(D ++ "/copy2")),
    p(file:write_file(D ++ "/z.gz", "packed packed", [compressed])),
    {ok, Z} = file:open(D ++ "/z.gz", [read, compressed]),
    p(file:read(Z, 100)), p(file:close(Z)).

p(X) -> io:format("~p~n", [X]).
