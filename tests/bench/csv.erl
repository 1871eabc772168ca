%% A CSV text split into records with quoted fields, fields converted, sums by key.
-module(csv).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 40 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N, text(), 0),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

text() ->
    iolist_to_binary([[integer_to_list(K), ",\"name, \"\"", integer_to_list(K rem 50), "\"\"\",",
                       float_to_list(K / 8, [{decimals, 3}]), ",plain\n"] || K <- lists:seq(1, 5000)]).

run(0, _, A) -> A;
run(N, T, A) ->
    Rows = rows(T, [], []),
    Sums = lists:foldl(fun([Id, Name, Value, _], M) ->
                               V = binary_to_float(Value) + binary_to_integer(Id),
                               maps:update_with(Name, fun(O) -> O + V end, V, M)
                       end, #{}, Rows),
    run(N - 1, T, (A + length(Rows) + trunc(lists:sum(maps:values(Sums)))) band 16#FFFFFFF).

rows(<<>>, [], Rows) -> lists:reverse(Rows);
rows(T, Fields, Rows) ->
    {Field, End, Rest} = field(T),
    case End of
        comma -> rows(Rest, [Field | Fields], Rows);
        line -> rows(Rest, [], [lists:reverse(Fields, [Field]) | Rows])
    end.

field(<<$", T/binary>>) -> quoted(T, <<>>);
field(T) -> plain(T, T, 0).

plain(<<$,, Rest/binary>>, All, N) -> {binary:part(All, 0, N), comma, Rest};
plain(<<$\n, Rest/binary>>, All, N) -> {binary:part(All, 0, N), line, Rest};
plain(<<_, Rest/binary>>, All, N) -> plain(Rest, All, N + 1).

quoted(<<$", $", Rest/binary>>, Acc) -> quoted(Rest, <<Acc/binary, $">>);
quoted(<<$", $,, Rest/binary>>, Acc) -> {Acc, comma, Rest};
quoted(<<$", $\n, Rest/binary>>, Acc) -> {Acc, line, Rest};
quoted(<<C, Rest/binary>>, Acc) -> quoted(Rest, <<Acc/binary, C>>).
