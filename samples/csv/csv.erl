%% Sums over a table: the rows of .csv files by one column, with the sum of another.
-module(csv).
-export([main/1]).

main(Args) ->
    try options(Args, #{separator => $,, files => []}) of
        #{files := []} -> usage();
        Options -> run(Options)
    catch throw:{usage, Word} -> fail("unknown option ~ts", [Word])
    end.

options(["--by", Name | Rest], O) -> options(Rest, O#{by => Name});
options(["--sum", Name | Rest], O) -> options(Rest, O#{sum => Name});
options(["--separator", [C] | Rest], O) -> options(Rest, O#{separator => C});
options(["-" ++ _ = Word | _], _) -> throw({usage, Word});
options([File | Rest], #{files := Files} = O) -> options(Rest, O#{files := [File | Files]});
options([], #{files := Files} = O) -> O#{files := lists:reverse(Files)}.

run(#{files := Files} = O) ->
    Sums = lists:foldl(fun(File, Acc) -> read(File, O, Acc) end, #{}, Files),
    [io:format("~ts ~b ~ts~n", [Key, Count, number(Sum)]) || {Key, {Count, Sum}} <- lists:sort(maps:to_list(Sums))],
    ok.

read(File, O, Acc) ->
    case file:open(File, [read, read_ahead, {encoding, utf8}]) of
        {ok, F} ->
            Columns = fields(io:get_line(F, ""), O),
            By = column(maps:get(by, O, hd(Columns)), Columns, File),
            Sum = column(maps:get(sum, O, lists:last(Columns)), Columns, File),
            try rows(F, By, Sum, O, Acc) after file:close(F) end;
        {error, Why} -> fail("~ts: ~ts", [File, file:format_error(Why)])
    end.

rows(F, By, Sum, O, Acc) ->
    case io:get_line(F, "") of
        eof -> Acc;
        Line ->
            Fields = fields(Line, O),
            Add = fun({Count, Old}) -> {Count + 1, Old + value(lists:nth(Sum, Fields))} end,
            Key = lists:nth(By, Fields),
            rows(F, By, Sum, O, Acc#{Key => Add(maps:get(Key, Acc, {0, 0}))})
    end.

fields(eof, _) -> [""];
fields(Line, #{separator := C}) -> [string:trim(S) || S <- string:split(Line, [C], all)].

column(Name, Columns, File) ->
    case [I || {I, N} <- lists:enumerate(Columns), N =:= Name] of
        [I | _] -> I;
        [] -> fail("~ts has no column ~ts", [File, Name])
    end.

value(Text) ->
    case string:to_float(Text) of
        {F, ""} -> F;
        _ -> case string:to_integer(Text) of {I, ""} -> I; _ -> 0 end
    end.

number(N) when is_integer(N) -> integer_to_list(N);
number(N) -> float_to_list(N, [{decimals, 2}]).

usage() ->
    io:put_chars(standard_error, "usage: csv [--by COLUMN] [--sum COLUMN] [--separator C] FILE...\n"),
    halt(2).

fail(Format, Args) ->
    io:format(standard_error, "csv: " ++ Format ++ "~n", Args),
    halt(1).
