%% A JSON parser and printer in binaries, with escapes, numbers, errors.
-module(prog_json).
-export([main/0]).

main() ->
    Docs = [<<"{\"a\": [1, 2.5, -3e2, true, false, null], \"b\": {\"c\": \"str\\n\\u00e4\\\"\"}}">>, <<"[]">>, <<"{}">>, <<"\"just a string\"">>, <<"  [ [ [ ] ] ]  ">>, <<"[1,]">>, <<"{\"a\" 1}">>, <<"nul">>, <<"[1] x">>, <<"\"\\ud83d\\ude00\"">>, <<"1e400">>],
    [begin
         R = try {ok, parse(D)} catch throw:E -> {error, E} end,
         io:format("~p~n", [R]),
         case R of {ok, V} -> io:format("~ts~n", [print(V)]); _ -> ok end
     end || D <- Docs],
    Big = print(lists:seq(1, 5000)),
    io:format("~p~n", [parse(iolist_to_binary(Big)) =:= lists:seq(1, 5000)]).

parse(B) -> {V, R} = value(ws(B)), case ws(R) of <<>> -> V; X -> throw({trailing, X}) end.
ws(<<C, R/binary>>) when C =:= $\s; C =:= $\n; C =:= $\t; C =:= $\r -> ws(R);
ws(B) -> B.
value(<<"true", R/binary>>) -> {true, R};
value(<<"false", R/binary>>) -> {false, R};
value(<<"null", R/binary>>) -> {null, R};
value(<<"\"", R/binary>>) -> str(R, <<>>);
value(<<"[", R/binary>>) -> case ws(R) of <<"]", R2/binary>> -> {[], R2}; R2 -> arr(R2, []) end;
value(<<"{", R/binary>>) -> case ws(R) of <<"}", R2/binary>> -> {#{}, R2}; R2 -> obj(R2, #{}) end;
value(<<C, _/binary>> = B) when C =:= $-; C >= $0, C =< $9 -> num(B, []);
value(B) -> throw({unexpected, B}).
arr(B, A) ->
    {V, R} = value(ws(B)),
    case ws(R) of
        <<",", R2/binary>> -> arr(R2, [V | A]);
        <<"]", R2/binary>> -> {lists:reverse([V | A]), R2};
        X -> throw({array, X})
    end.
obj(<<"\"", B/binary>>, M) ->
    {K, R} = str(B, <<>>),
    case ws(R) of
        <<":", R2/binary>> ->
            {V, R3} = value(ws(R2)),
            case ws(R3) of
                <<",", R4/binary>> -> obj(ws(R4), M#{K => V});
                <<"}", R4/binary>> -> {M#{K => V}, R4};
                X -> throw({object, X})
            end;
        X -> throw({colon, X})
    end;
obj(X, _) -> throw({key, X}).
str(<<"\"", R/binary>>, A) -> {A, R};
str(<<"\\u", H:4/binary, "\\u", L:4/binary, R/binary>>, A) when binary_part(H, 0, 2) =:= <<"d8">>; binary_part(H, 0, 2) =:= <<"D8">> ->
    C = 16#10000 + ((binary_to_integer(H, 16) - 16#D800) bsl 10) + (binary_to_integer(L, 16) - 16#DC00), str(R, <<A/binary, C/utf8>>);
str(<<"\\u", H:4/binary, R/binary>>, A) -> str(R, <<A/binary, (binary_to_integer(H, 16))/utf8>>);
str(<<"\\n", R/binary>>, A) -> str(R, <<A/binary, "\n">>);
str(<<"\\", C, R/binary>>, A) -> str(R, <<A/binary, C>>);
str(<<C/utf8, R/binary>>, A) -> str(R, <<A/binary, C/utf8>>);
str(<<>>, _) -> throw(unterminated).
num(<<C, R/binary>>, A) when C >= $0, C =< $9; C =:= $-; C =:= $+; C =:= $.; C =:= $e; C =:= $E -> num(R, [C | A]);
num(R, A) ->
    S = lists:reverse(A),
    {try list_to_integer(S) catch error:badarg -> try list_to_float(S) catch error:badarg -> try list_to_float(fix(S)) catch error:badarg -> throw({number, S}) end end end, R}.
fix(S) -> case lists:splitwith(fun(C) -> C =/= $e andalso C =/= $E end, S) of {A, B} -> A ++ ".0" ++ B end.
print(M) when is_map(M) -> [${, lists:join($,, [[print(K), $:, print(V)] || {K, V} <- maps:to_list(M)]), $}];
print(L) when is_list(L) -> [$[, lists:join($,, [print(X) || X <- L]), $]];
print(B) when is_binary(B) -> [$", [case C of $" -> "\\\""; $\n -> "\\n"; $\\ -> "\\\\"; _ -> C end || <<C/utf8>> <= B], $"];
print(A) when is_atom(A) -> atom_to_list(A);
print(N) when is_integer(N) -> integer_to_list(N);
print(F) -> io_lib:format("~w", [F]).
