%% A large source text scanned, parsed and printed again: erl_scan, erl_parse, erl_pp.
-module(erl_source).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 8 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N, text(150), 0),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(0, _, A) -> A;
run(N, Text, A) ->
    Forms = forms(Text, 1),
    Out = iolist_to_binary([unicode:characters_to_binary(erl_pp:form(F)) || F <- Forms]),
    run(N - 1, Text, (A + length(Forms) + erlang:crc32(Out)) band 16#FFFFFFF).

forms(Text, Line) ->
    case erl_scan:tokens([], Text, Line) of
        {done, {ok, Tokens, Next}, Rest} ->
            {ok, Form} = erl_parse:parse_form(Tokens),
            [Form | forms(Rest, Next)];
        {done, {eof, _}, _} -> [];
        {more, _} -> []
    end.

text(N) -> lists:append([function(K) || K <- lists:seq(1, N)]).

function(K) ->
    I = integer_to_list(K),
    "f" ++ I ++ "(X, [H | T] = L, #{key := V}) when is_integer(X), X > " ++ I ++ " ->\n"
    "    A = case lists:member(X, L) of\n"
    "            true -> {ok, X + H * 2 - V, \"a string " ++ I ++ "\"};\n"
    "            false -> [Y || Y <- T, Y rem 2 =:= 0, is_atom(Y) orelse Y < 16#FF]\n"
    "        end,\n"
    "    try g" ++ I ++ "(A, fun(Z) -> Z bsl 3 end) of\n"
    "        <<B:8, Rest/binary>> -> {B, Rest, 'quoted atom', $c, 1.5e3}\n"
    "    catch\n"
    "        error:{badmatch, W}:S -> erlang:raise(error, W, S);\n"
    "        throw:_ -> if X > 10 -> big; true -> small end\n"
    "    after\n"
    "        ok\n"
    "    end;\n"
    "f" ++ I ++ "(_, _, _) -> receive {msg, M} -> M after 1000 -> timeout end.\n\n".
