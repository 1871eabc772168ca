%% Strings as binaries and lists: lexemes, uppercase, split, trim, find, length.
-module(string_ops).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 30 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N, text(), 0),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

text() ->
    unicode:characters_to_binary([["The quick brown f", 246, "x, number ", integer_to_list(K), "; jumps over the lazy dog.\n"]
                                  || K <- lists:seq(1, 400)]).

run(0, _, A) -> A;
run(N, T, A) ->
    Words = string:lexemes(T, " ,.;\n"),
    Upper = string:uppercase(T),
    Lines = string:split(T, "\n", all),
    Trimmed = [string:trim(L) || L <- Lines],
    Lists = [string:titlecase(unicode:characters_to_list(W)) || W <- Words],
    Found = [string:find(L, "lazy") || L <- Lines],
    Sum = length(Words) + byte_size(Upper) + string:length(T) + iolist_size(Trimmed) + length(lists:append(Lists))
        + length([F || F <- Found, F =/= nomatch]),
    run(N - 1, T, (A + Sum) band 16#FFFFFFF).
