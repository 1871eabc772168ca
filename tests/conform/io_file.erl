%% Files: write, read, append, positions, lines, directories, errors, in a private folder.
-module(io_file).
-export([main/0]).

main() ->
    D = filename:join("/tmp", "conform_io_file_" ++ os:getpid()),
    p(file:make_dir(D)),
    F = filename:join(D, "a.txt"),
    p(file:write_file(F, ["hello ", <<"world\n">>])),
    p(file:read_file(F)),
    p(file:write_file(F, "more\nlines\n", [append])),
    p(file:read_file(F)),
    {ok, H} = file:open(F, [read]),
    p(file:read_line(H)), p(file:read(H, 3)), p(file:position(H, 0)), p(file:read(H, 5)), p(file:position(H, {eof, -6})), p(file:read_line(H)), p(file:read_line(H)), p(file:close(H)),
    {ok, W} = file:open(F, [write, raw, binary]),
    p(file:write(W, "raw data")), p(file:pwrite(W, 4, <<"DATA">>)), p(file:sync(W)), p(file:close(W)),
    {ok, R} = file:open(F, [read, raw, binary]),
    p(file:read(R, 100)), p(file:read(R, 100)), p(file:pread(R, 2, 3)), p(file:close(R)),
    p(file:rename(F, F ++ ".b")),
    p(file:list_dir(D)),
    p(file:read_file(F)), p(file:make_dir(D)), p(file:del_dir(D)), p(file:delete(F)),
    p(filelib:is_regular(F ++ ".b")), p(filelib:is_dir(D)), p(filelib:file_size(F ++ ".b")),
    {ok, I} = file:read_file_info(F ++ ".b"),
    p({element(2, I), element(3, I), element(4, I)}),
    p(file:write_file(F, "{a,1}.\n{b,\"two\"}.\n")), p(file:consult(F)),
    p(file:write_file(F, "{a,1.\n")), p(element(1, file:consult(F))),
    p(file:copy(F, F ++ ".c")), p(file:delete(F)), p(file:delete(F ++ ".b")), p(file:delete(F ++ ".c")), p(file:del_dir(D)),
    p(file:open("/nonexistent/x", [read])), p(file:format_error(enoent)),
    ok.

p(X) -> io:format("~p~n", [X]).
