%% A Markdown text to HTML, by code in Gleam (gleam/src/mark.gleam).
%% Gleam: mark
-module(markdown).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 60 end,
    Start = erlang:monotonic_time(microsecond),
    Result = run(N, text(), 0),
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(0, _, A) -> A;
run(N, T, A) ->
    {html, Parts, Tags} = mark:render(T),
    B = iolist_to_binary(Parts),
    run(N - 1, T, (A + Tags + byte_size(B) + erlang:crc32(B)) band 16#FFFFFFF).

text() ->
    iolist_to_binary([[lists:duplicate(K rem 3 + 1, $#), " Part *", integer_to_list(K), "*\n\n",
                       "Some **strong text**, a [link & name](http://example.org/?a=", integer_to_list(K * 7), "&b=\"c\")"
                       " and `code < here`, ending [nowhere.\n\n",
                       "- first of **all\n- second, *slanted* `item`\n- third\n\n",
                       "```\nif a < b && c then\n    d(", integer_to_list(K), ")\n```\n"] || K <- lists:seq(1, 600)]).
