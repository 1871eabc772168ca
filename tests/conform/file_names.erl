%% Names of files: characters beyond ASCII, names that are no UTF-8, atoms and deep lists.
-module(file_names).
-export([main/0]).

main() ->
    D = filename:join("/tmp", "conform_file_names_" ++ os:getpid()),
    ok = file:make_dir(D),
    Names = ["a b", [229, 228, 246], [16#3B1, 16#1F600], <<"raw">>, <<255, 254>>, <<"r", 195>>],
    [p({N, file:write_file(filename:join(D, N), io_lib:format("~w", [N])),
        file:read_file(filename:join(D, N))}) || N <- Names],
    {ok, L} = file:list_dir_all(D), p(lists:sort(L)),
    p(file:native_name_encoding()),
    {ok, V} = file:list_dir(D), p(lists:sort(V)),
    p(file:read_file([D, $/, [[229], 228, [[246]]]])), p(file:read_file([D, $/, 'a b'])),
    p(file:make_symlink(<<255>>, filename:join(D, "link"))),
    p(file:read_link(filename:join(D, "link"))), p(file:read_link_all(filename:join(D, "link"))),
    p(file:make_symlink([16#3B1], filename:join(D, "link2"))),
    p(file:read_link(filename:join(D, "link2"))),
    p([prim_file:internal_name2native(N) || N <- Names]),
    [p(catch element(1, {prim_file:internal_name2native(N)}))
     || N <- ["", <<>>, <<1:3>>, [[["x"]], "y"], "abc"]],
    [p((catch prim_file:internal_name2native(N)) =:= bad orelse refused(N))
     || N <- [foo, 17, [0], "a\0", <<"a", 0>>, [16#D800], [16#110000], [-1], [$a | $b], [e, []]]],
    [p(prim_file:internal_native2name(N)) || N <- [<<>>, <<"abc">>, <<195, 165>>, <<255>>]],
    [p(prim_file:is_translatable(N)) || N <- [<<>>, <<"abc">>, <<195, 165>>, <<255>>]],
    {ok, Old} = file:get_cwd(),
    p(file:set_cwd(D)), p(file:get_cwd() =:= {ok, D}), p(file:read_file("raw")),
    p(filename:absname("x") =:= filename:join(D, "x")), p(file:set_cwd(<<255>>)),
    p(file:set_cwd("..")), p(file:get_cwd()), p(file:set_cwd(Old)),
    [p(file:delete(filename:join(D, N))) || N <- Names ++ ["link", "link2"]],
    p(file:del_dir(D)).

refused(N) ->
    try prim_file:internal_name2native(N) catch error:badarg -> refused end.

p(X) -> io:format("~w~n", [X]).
