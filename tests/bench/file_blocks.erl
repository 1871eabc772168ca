%% A file of 64 MB, written and read by blocks, raw and through a file process, and at random.
-module(file_blocks).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 16384 end,
    Name = filename:join(os:getenv("TMPDIR", "/tmp"), "beamrc_blocks_" ++ os:getpid()),
    Start = erlang:monotonic_time(microsecond),
    Block = binary:copy(<<"0123456789abcdef">>, 256),
    {ok, Out} = file:open(Name, [write, raw]),
    [ok = file:write(Out, Block) || _ <- lists:seq(1, N)],
    ok = file:close(Out),
    {ok, Raw} = file:open(Name, [read, raw, binary]),
    A = blocks(Raw, 4096, 0),
    {ok, Again} = file:open(Name, [read, raw, binary]),
    B = lists:sum([begin {ok, <<C, _/binary>>} = file:pread(Again, I * 7919 rem N * 4096, 512), C end
                   || I <- lists:seq(1, N)]),
    ok = file:close(Again),
    {ok, Server} = file:open(Name, [read, binary]),
    C = blocks(Server, 65536, 0),
    {ok, Whole} = file:read_file(Name),
    End = erlang:monotonic_time(microsecond),
    ok = file:delete(Name),
    io:format("~w~n~w us~n", [{A, B, C, byte_size(Whole)}, End - Start]).

blocks(F, Size, Sum) ->
    case file:read(F, Size) of
        {ok, Bytes} -> blocks(F, Size, Sum + byte_size(Bytes));
        eof -> ok = file:close(F), Sum
    end.
