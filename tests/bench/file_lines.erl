%% A file of 200,000 lines, written and read line by line, raw and through a file process.
-module(file_lines).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 200000 end,
    Name = filename:join(os:getenv("TMPDIR", "/tmp"), "beamrc_lines_" ++ os:getpid()),
    Start = erlang:monotonic_time(microsecond),
    {ok, Out} = file:open(Name, [write, raw, delayed_write]),
    write(Out, N),
    ok = file:close(Out),
    {ok, Raw} = file:open(Name, [read, raw, binary, read_ahead]),
    A = lines(Raw, fun file:read_line/1, 0, 0),
    {ok, Server} = file:open(Name, [read, binary]),
    B = lines(Server, fun(F) -> io:get_line(F, "") end, 0, N - N div 10),
    {ok, Lists} = file:open(Name, [read]),
    C = lines(Lists, fun file:read_line/1, 0, N - N div 10),
    End = erlang:monotonic_time(microsecond),
    ok = file:delete(Name),
    io:format("~w~n~w us~n", [{A, B, C}, End - Start]).

write(_, 0) -> ok;
write(Out, N) ->
    ok = file:write(Out, ["line ", integer_to_list(N), " of the file, with some words on it\n"]),
    write(Out, N - 1).

%% Bytes of the first Most lines, of all where it is 0.
lines(F, Read, Sum, Left) ->
    case Read(F) of
        {ok, Line} when Left =/= 1 -> lines(F, Read, Sum + size_of(Line), Left - 1);
        Line when is_binary(Line), Left =/= 1 -> lines(F, Read, Sum + byte_size(Line), Left - 1);
        _ -> file:close(F), Sum
    end.

size_of(Line) when is_binary(Line) -> byte_size(Line);
size_of(Line) -> length(Line).
