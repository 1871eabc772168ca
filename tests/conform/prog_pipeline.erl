%% Text processing with binaries: CSV in, grouped sums out, formatted columns.
-module(prog_pipeline).
-export([main/0]).

main() ->
    Rows = [binary:split(L, <<",">>, [global]) || L <- lines([]), L =/= <<>>],
    [_Head | Data] = Rows,
    G = lists:foldl(fun([Name, Kind, N], M) -> maps:update_with(Kind, fun({C, S, Ns}) -> {C + 1, S + num(N), [Name | Ns]} end, {1, num(N), [Name]}, M) end, #{}, Data),
    io:format("~-10s|~5s|~10s|~s~n", ["kind", "n", "sum", "names"]),
    [io:format("~-10s|~5w|~10.2f|~s~n", [K, C, float(S), lists:join(" ", lists:reverse(Ns))]) || {K, {C, S, Ns}} <- lists:sort(maps:to_list(G))],
    ok.

lines(A) ->
    case file:read_line(standard_io) of
        eof -> lists:reverse(A);
        {ok, L} -> lines([unicode:characters_to_binary(string:trim(L)) | A])
    end.
num(B) -> try binary_to_integer(B) catch error:badarg -> binary_to_float(B) end.
