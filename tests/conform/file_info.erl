%% What is known of files, and changed: types, sizes, modes, times, owners, links.
-module(file_info).
-export([main/0]).
-include_lib("kernel/include/file.hrl").

main() ->
    D = filename:join("/tmp", "conform_file_info_" ++ os:getpid()),
    ok = file:make_dir(D),
    F = filename:join(D, "f"), L = filename:join(D, "l"), H = filename:join(D, "h"),
    ok = file:write_file(F, "12345"),
    p(file:change_mode(F, 8#640)), p(brief(file:read_file_info(F))),
    p(file:change_mode(F, 8#1777)), p(brief(file:read_file_info(F))),
    p(file:change_mode(F, 8#4755)), p(brief(file:read_file_info(F))),
    p(file:change_mode(F, 8#0)), p(brief(file:read_file_info(F))), p(file:change_mode(F, 8#600)),
    times(F),
    p(file:make_symlink("f", L)), p(file:read_link(L)), p(file:read_link_all(L)),
    p(brief(file:read_link_info(L))), p(brief(file:read_file_info(L))),
    p(file:make_link(F, H)), p(brief(file:read_file_info(H))), p(file:delete(F)),
    p(file:read_file_info(L)), p(file:read_file(L)), p(file:read_file(H)), p(file:rename(H, F)),
    p(file:read_file(L)), p(file:delete(L)),
    p(brief(file:read_file_info(D))), p(brief(file:read_file_info("/dev/null"))),
    {ok, R} = file:open(F, [raw, read]),
    p(brief(file:read_file_info(R))), p(brief(file:read_file_info(R, [{time, posix}]))),
    file:close(R), p(file:read_file_info(R)),
    {ok, S} = file:open(F, [read]),
    p(brief(file:read_file_info(S))), file:close(S),
    {ok, I} = file:read_file_info(F),
    p(file:write_file_info(F, I)), p({ok, I} =:= file:read_file_info(F)),
    p(is_integer(I#file_info.inode) andalso I#file_info.uid =:= I#file_info.gid),
    p(file:write_file_info(F, #file_info{mode = 8#444})), p(brief(file:read_file_info(F))),
    p([filelib:is_file(F), filelib:is_regular(F), filelib:is_dir(F), filelib:is_dir(D),
       filelib:file_size(F), filelib:file_size(D ++ "/no"), filelib:last_modified(D ++ "/no")]),
    p(file:del_dir_r(D)).

times(F) ->
    T1 = {{2001, 2, 3}, {4, 5, 6}}, T2 = {{2038, 1, 19}, {3, 14, 9}},
    p(file:change_time(F, T1)), p(element(2, ams(F, local))),
    p(file:change_time(F, T1, T2)), p(ams(F, local)), p(ams(F, universal)), p(ams(F, posix)),
    p(filelib:last_modified(F)),
    p(file:write_file_info(F, #file_info{mtime = 1000000000, atime = 0}, [{time, posix}])),
    p(ams(F, universal)), p(ams(F, posix)),
    p(file:write_file_info(F, #file_info{mtime = -1, atime = 1 bsl 33}, [{time, posix}])),
    p(ams(F, posix)),
    p(file:write_file_info(F, #file_info{mtime = {{1999, 12, 31}, {23, 59, 59}},
                                         atime = {{1970, 1, 1}, {0, 0, 0}}}, [{time, universal}])),
    p(ams(F, posix)), p(ams(F, universal)).

ams(F, How) ->
    {ok, #file_info{atime = A, mtime = M}} = file:read_file_info(F, [{time, How}]),
    {A, M}.

brief({ok, #file_info{size = S, type = T, access = A, mode = M, links = L}}) ->
    {case T of regular -> S; _ -> size end, T, A, integer_to_list(M, 8),
     case T of directory -> links; _ -> L end};
brief(Other) ->
    Other.

p(X) -> io:format("~p~n", [X]).
