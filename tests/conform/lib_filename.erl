%% filename and filelib functions that do not touch the disk.
-module(lib_filename).
-export([main/0]).

main() ->
    Ns = ["/usr/lib/erl.beam", "a/b/c.txt", "file", ".hidden", "dir/", "/", "a//b", "a.b.c", "", <<"bin/x.y">>, "./a/../b", "~/x"],
    [io:format("~p: ~p ~p ~p ~p ~p ~p ~p~n", [N, filename:basename(N), filename:dirname(N), filename:extension(N), filename:rootname(N), filename:split(N), filename:pathtype(N), filename:flatten(N)]) || N <- Ns],
    io:format("~p~n", [[filename:join(A, B) || {A, B} <- [{"a", "b"}, {"a/", "b"}, {"a", "/b"}, {<<"a">>, "b"}, {"", "x"}, {"a", ""}]]]),
    io:format("~p~n", [filename:join(["/", "usr", "local", "bin"])]), io:format("~p~n", [filename:basename("/a/b.erl", ".erl")]), io:format("~p~n", [filename:basename("/a/b.hrl", ".erl")]), io:format("~p~n", [filename:rootname("a.b", ".b")]),
    io:format("~p~n", [filename:absname("x", "/root")]), io:format("~p~n", [filename:absname("/x", "/root")]), io:format("~p~n", [filename:absname_join("/a", "../b")]), io:format("~p~n", [filename:nativename("a/b/")]),
    ok.
