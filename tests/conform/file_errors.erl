%% What goes wrong with files, by its posix name, and what bad arguments give.
-module(file_errors).
-export([main/0]).

main() ->
    D = filename:join("/tmp", "conform_file_errors_" ++ os:getpid()),
    ok = file:make_dir(D),
    F = filename:join(D, "f"), S = filename:join(D, "sub"), T = filename:join(S, "t"),
    ok = file:write_file(F, "text"),
    ok = file:make_dir(S),
    ok = file:write_file(T, ""),
    names(D, F, S, T),
    handles(F),
    closed(F),
    arguments(F),
    [p({E, file:format_error(E)}) || E <- [enoent, eacces, enospc, badarg, terminated, foo,
                                           {3, file, undefined_script}, {17, erl_parse, "x"}]],
    p(file:del_dir_r(D)), p(file:read_file_info(D)).

names(D, F, S, T) ->
    p(file:make_dir(S)), p(file:make_dir(F)), p(file:make_dir(filename:join(F, "x"))),
    p(file:make_dir(filename:join(D, "no/x"))),
    p(file:del_dir(S)), p(file:del_dir(F)), p(file:del_dir(D ++ "/no")), p(file:delete(S)),
    p(file:delete(D ++ "/no")), p(file:delete(F ++ "/x")),
    p(file:rename(F, S)), p(file:rename(S, F)), p(file:rename(D, S)), p(file:rename(S, D)),
    p(file:rename(D ++ "/no", F)), p(file:rename(F, D ++ "/no/f")), p(file:rename(F, F)),
    p(file:list_dir(F)), p(file:list_dir(D ++ "/no")), p(file:list_dir(S)),
    p(file:read_file(S)), p(file:read_file(D ++ "/no")), p(file:read_file(F ++ "/x")),
    p(file:write_file(S, "x")), p(file:write_file(D ++ "/no/x", "x")),
    p(file:read_link(F)), p(file:read_link(D ++ "/no")),
    p(file:make_link(F, T)), p(file:make_symlink(F, T)), p(file:make_link(D ++ "/no", D ++ "/n2")),
    p(file:make_link(S, D ++ "/n2")),
    p(file:set_cwd(F)), p(file:set_cwd(D ++ "/no")), p(file:set_cwd(<<255, 0>>)),
    p(file:copy(F, S)), p(file:copy(D ++ "/no", F)), p(file:copy(F, F ++ "2", 2)),
    p(file:read_file(F ++ "2")),
    p(file:altname(F)), p(file:get_cwd("C:")), p(file:get_cwd("x")),
    p(file:make_dir(lists:duplicate(300, $a))), p(file:read_file(lists:duplicate(5000, $a))),
    p(file:consult(D ++ "/no")), p(file:eval(D ++ "/no")), p(file:script(D ++ "/no")),
    p(file:advise(foo, 0, 0, normal)), p(file:close(foo)), p(file:read(foo, 1)).

handles(F) ->
    {ok, H} = file:open(F, [raw, read, write, binary]),
    [p({I, catch Do(H)}) || {I, Do} <- numbered(
        [fun(X) -> file:position(X, -1) end, fun(X) -> file:position(X, {cur, -1}) end,
         fun(X) -> file:position(X, {foo, 1}) end, fun(X) -> file:position(X, 1 bsl 63) end,
         fun(X) -> file:position(X, 1 bsl 62) end, fun(X) -> file:position(X, {bof, 1.0}) end,
         fun(X) -> file:position(X, foo) end, fun(X) -> file:position(X, eof) end,
         fun(X) -> file:read(X, 4) end, fun(X) -> file:read(X, 0) end,
         fun(X) -> file:read(X, -1) end, fun(X) -> file:read(X, 1 bsl 64) end,
         fun(X) -> file:read(X, foo) end, fun(X) -> file:read(X, 1.0) end,
         fun(X) -> file:pread(X, -1, 1) end, fun(X) -> file:pread(X, 0, -1) end,
         fun(X) -> file:pread(X, 1 bsl 64, 1) end, fun(X) -> file:pread(X, 100, 1) end,
         fun(X) -> file:pread(X, [{0, 2}, {2, 9}, {9, 1}]) end, 
         fun(X) -> file:pread(X, 0, 0) end, fun(X) -> file:pwrite(X, -1, "x") end,
         fun(X) -> file:pwrite(X, 0, [x]) end, fun(X) -> file:pwrite(X, foo, "x") end,
         fun(X) -> file:pwrite(X, [{0, "T"}, {3, <<"T">>}]) end,
         fun(X) -> file:pwrite(X, [{0, "t"}, {-1, <<"T">>}]) end,
         fun(X) -> file:write(X, [256]) end, fun(X) -> file:write(X, x) end,
         fun(X) -> file:write(X, [$a | <<"b">>]) end, fun(X) -> file:write(X, []) end,
         fun(X) -> file:advise(X, 0, 0, random) end, fun(X) -> file:advise(X, 0, 0, foo) end,
         fun(X) -> file:advise(X, -1, 0, normal) end, fun(X) -> file:advise(X, x, 0, normal) end,
         fun(X) -> file:allocate(X, 0, 100) end, fun(X) -> file:allocate(X, -1, 1) end,
         fun(X) -> file:allocate(X, 0, 0) end, fun(X) -> file:position(X, eof) end,
         fun(X) -> file:truncate(X) end, fun(X) -> file:datasync(X) end,
         fun(X) -> self_owned(X) end, fun(X) -> file:close(X) end])],
    {ok, W} = file:open(F, [raw, write]),
    p(file:read(W, 1)), p(file:read_line(W)), p(file:pread(W, 0, 1)), p(file:close(W)),
    {ok, R} = file:open(F, [raw, read]),
    p(file:write(R, "x")), p(file:pwrite(R, 0, "x")), p(file:truncate(R)), p(file:close(R)).

self_owned(H) ->
    {_, M} = spawn_monitor(fun() -> exit(catch file:read(H, 1)) end),
    receive {'DOWN', M, _, _, {'EXIT', {R, _}}} -> R; {'DOWN', M, _, _, R} -> R end.

closed(F) ->
    {ok, H} = file:open(F, [raw, read]),
    p(file:close(H)),
    p([file:close(H), file:read(H, 1), file:write(H, "a"), file:position(H, 0), file:sync(H),
       file:read_line(H), file:truncate(H), file:pread(H, 0, 1)]),
    {ok, P} = file:open(F, [read]),
    p(file:close(P)),
    p([file:close(P), file:read(P, 1), file:write(P, "a"), file:position(P, 0), file:sync(P),
       file:read_line(P), file:truncate(P), file:pread(P, 0, 1)]),
    {ok, Q} = file:open(F, [read, write]),
    p([file:position(Q, -1), file:position(Q, {foo, 1}), file:position(Q, foo), file:read(Q, -1),
       file:pread(Q, -1, 1), file:write(Q, [x]), file:write(Q, [256]), file:advise(Q, 0, 0, x)]),
    file:close(Q).

arguments(F) ->
    [p({I, tried(Do)}) || {I, Do} <- numbered(
        [fun() -> file:read_file(17) end, fun() -> file:read_file({a}) end,
         fun() -> file:read_file("a\0b") end, fun() -> file:write_file(F, x) end,
         fun() -> file:write_file(F, [x]) end, fun() -> file:write_file(F, "a", [foo]) end,
         fun() -> file:delete(17) end, fun() -> file:rename(F, 17) end,
         fun() -> file:make_dir([a | 1]) end, fun() -> file:list_dir([$a, -1]) end,
         fun() -> file:copy(F, F, -1) end, fun() -> file:copy(F, 17) end,
         fun() -> file:read_file_info(17) end, fun() -> element(1, file:read_file_info(F, [foo])) end,
         fun() -> file:read_file_info(F, [{time, foo}]) end,
         fun() -> file:write_file_info(F, foo) end, fun() -> file:change_mode(F, foo) end,
         fun() -> file:change_time(F, foo) end,
         fun() -> file:set_cwd(17) end, fun() -> file:make_symlink(17, F) end])].

tried(Do) -> try Do() catch C:R -> {C, R} end.

numbered(L) -> lists:zip(lists:seq(1, length(L)), L).

p(X) -> io:format("~p~n", [X]).
