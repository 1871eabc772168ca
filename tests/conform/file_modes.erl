%% Files opened in every combination of modes, raw and through a server: what can be done with each.
-module(file_modes).
-export([main/0]).

main() ->
    D = filename:join("/tmp", "conform_file_modes_" ++ os:getpid()),
    ok = file:make_dir(D),
    ok = file:set_cwd(D),
    F = "f",
    [row(F, [Raw | M]) || Raw <- [raw, binary],
                          M <- [[], [read], [write], [append], [read, write], [read, append],
                                [write, append], [exclusive], [read, exclusive],
                                [write, exclusive], [write, sync], [directory], [foo], [42],
                                [read | bad], [{encoding, utf8}], [{encoding, none}],
                                [{read_ahead, 3}, read], [delayed_write, append], [list, read],
                                [{delayed_write, 10, 10}, write], [skip_type_check, read]]],
    [dir_row(D, M) || M <- [[raw], [read], [write, raw], [raw, directory], [raw, read, directory],
                            [raw, write, directory], [directory], [raw, skip_type_check]]],
    [p({N, show(file:open(N, M))})
     || N <- ["", <<>>, [0], "a\0b", foo, 17, {a}, [F, $/, none], [F | "/none"], ["./", none], <<1:3>>, "/"],
        M <- [[raw], [read]]],
    p(element(1, file:open(F, read))), p(file:open(F, raw)), p(file:open(F, {raw, read})),
    {ok, H} = file:open([".", "/", f], [write, raw]),
    p(file:write(H, "deep name")), p(file:close(H)), p(file:read_file([[D], $/, "f"])),
    p(file:del_dir_r(D)),
    p(filelib:is_dir(D)).

row(F, M) ->
    ok = file:write_file(F, "0123456789"),
    Missing = show(catch file:open(F ++ "x", M)),
    _ = file:delete(F ++ "x"),
    case catch file:open(F, M) of
        {ok, H} ->
            Did = [catch Do(H) || Do <- [fun(X) -> file:read(X, 2) end,
                                         fun(X) -> file:write(X, "ab") end,
                                         fun(X) -> file:position(X, cur) end,
                                         fun(X) -> file:pwrite(X, 5, "cd") end,
                                         fun(X) -> file:pread(X, 4, 4) end,
                                         fun(X) -> file:position(X, {eof, -1}) end,
                                         fun(X) -> file:read(X, 5) end,
                                         fun(X) -> file:read(X, 5) end,
                                         fun(X) -> file:truncate(X) end,
                                         fun(X) -> file:sync(X) end,
                                         fun(X) -> file:close(X) end]],
            p({M, Missing, Did, file:read_file(F)});
        Other ->
            p({M, Missing, Other})
    end.

dir_row(D, M) ->
    case file:open(D, M) of
        {ok, H} -> p({M, file:read(H, 1), file:close(H)});
        Other -> p({M, Other})
    end.

show({ok, H}) -> file:close(H), ok;
show(Other) -> Other.

p(X) -> io:format("~w~n", [X]).
