%% Reading ahead, delayed writing, lines, large offsets, and which bytes land where.
-module(file_buffers).
-export([main/0]).

main() ->
    D = filename:join("/tmp", "conform_file_buffers_" ++ os:getpid()),
    ok = file:make_dir(D),
    F = filename:join(D, "f"),
    Text = [[integer_to_list(N), lists:duplicate(N rem 97, $x), "\n"] || N <- lists:seq(1, 3000)],
    p(file:write_file(F, Text)),
    {ok, Whole} = file:read_file(F),
    p(erlang:md5(Whole)),
    [p({M, erlang:phash2(lines(F, M))})
     || M <- [[raw, read], [raw, read, binary], [read], [read, binary], [raw, read_ahead],
              [raw, binary, {read_ahead, 7}], [{read_ahead, 100}], [raw, binary, read_ahead, list]]],
    [p({M, N, erlang:md5(blocks(F, M, N))})
     || M <- [[raw, binary], [raw, binary, {read_ahead, 1000}], [binary], [read]],
        N <- [100, 5000, 200000]],
    mixed(F), delayed(F), crlf(F), large(F),
    p(file:del_dir_r(D)).

lines(F, M) ->
    {ok, H} = file:open(F, M),
    L = all_lines(H, []),
    ok = file:close(H),
    [iolist_to_binary(X) || X <- L].

all_lines(H, Acc) ->
    case file:read_line(H) of
        {ok, Line} -> all_lines(H, [Line | Acc]);
        eof -> lists:reverse(Acc)
    end.

blocks(F, M, N) ->
    {ok, H} = file:open(F, M),
    L = all_blocks(H, N, []),
    ok = file:close(H),
    L.

all_blocks(H, N, Acc) ->
    case file:read(H, N) of
        {ok, B} -> all_blocks(H, N, [B | Acc]);
        eof -> lists:reverse(Acc)
    end.

mixed(F) ->
    {ok, H} = file:open(F, [raw, read, write, binary, {read_ahead, 64}]),
    p([file:read(H, 5), file:position(H, cur), file:write(H, "WWW"), file:position(H, cur),
       file:read(H, 5), file:pwrite(H, 0, "zz"), file:position(H, bof), file:read_line(H),
       file:read_line(H), file:position(H, {cur, -3}), file:read(H, 4), file:pread(H, 3, 4),
       file:position(H, {eof, -4}), file:read_line(H), file:read_line(H), file:truncate(H),
       file:close(H)]).

delayed(F) ->
    {ok, H} = file:open(F, [raw, write, {delayed_write, 100, 60000}]),
    p([file:write(H, lists:duplicate(60, $a)), filelib:file_size(F),
       file:write(H, lists:duplicate(60, $b)), filelib:file_size(F) >= 100,
       file:write(H, "tail"), file:position(H, cur), filelib:file_size(F),
       file:pwrite(H, 0, "first"), file:write(H, "more"), file:sync(H), filelib:file_size(F),
       file:write(H, "at close"), file:close(H), file:read_file(F)]),
    {ok, S} = file:open(F, [write, delayed_write]),
    p([file:write(S, "one"), file:write(S, "two"), file:close(S), file:read_file(F)]),
    {ok, T} = file:open(F, [raw, write, {delayed_write, 1000, 20}]),
    p([file:write(T, "in time"), timer_sleep(200), file:read_file(F), file:close(T)]),
    {ok, A} = file:open(F, [raw, append, delayed_write]),
    p([file:write(A, "!"), file:close(A), file:read_file(F)]).

timer_sleep(T) -> receive after T -> ok end.

crlf(F) ->
    ok = file:write_file(F, "a\r\nb\rc\n\r\n\nlast"),
    p([lines(F, M) || M <- [[raw, read], [raw, read, {read_ahead, 2}], [read], [binary]]]).

large(F) ->
    {ok, H} = file:open(F, [raw, read, write, binary]),
    p([file:position(H, 5000000000), file:write(H, "far"), file:position(H, cur),
       file:pread(H, 5000000000, 10), file:pread(H, 4999999998, 4), filelib:file_size(F),
       file:pwrite(H, 1 bsl 32, "x"), file:pread(H, (1 bsl 32) - 1, 3), file:position(H, 10),
       file:truncate(H), filelib:file_size(F), file:close(H)]).

p(X) -> io:format("~p~n", [X]).
