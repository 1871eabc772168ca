%% The string module on graphemes: length, slice, pad, trim, case, split, find, replace, tokens.
-module(string_basic).
-export([main/0, id/1]).

main() ->
    S = id("Hello, Wörld! ß"),
    p([string:length(S), string:length("e\x{301}a"), string:is_empty(""), string:is_empty(<<>>), string:to_graphemes("e\x{301}a")]),
    p([string:slice(S, 7), string:slice(S, 0, 5), string:slice(<<"binary">>, 2, 3), string:slice("abc", 5)]),
    p([string:pad("ab", 5), string:pad("ab", 5, leading), string:pad("ab", 6, both, $*), lists:flatten(string:pad("abcdef", 3)), string:pad(<<"ab">>, 4)]),
    p([string:trim("  x y \n"), string:trim("  x ", leading), string:trim("  x ", trailing), string:trim("xxaxx", both, "x"), string:trim(<<" b ">>)]),
    p([string:uppercase(S), string:lowercase(S), string:titlecase("hello there"), string:casefold("ÄÖß"), string:uppercase(<<"bin">>)]),
    p([string:split("a,b,c", ","), string:split("a,b,c", ",", all), string:split("a,b,c", ",", trailing), string:split("abc", "x"), string:split(<<"a b">>, " ")]),
    p([string:lexemes("a b,c  d", " ,"), string:lexemes("", " "), string:tokens("x--y-z", "-"), string:lexemes(<<"a b">>, " ")]),
    p([string:find("abcabc", "bc"), string:find("abcabc", "bc", trailing), string:find("abc", "z"), string:find(<<"abc">>, <<"c">>)]),
    p([lists:flatten(string:replace("a-b-c", "-", "+")), lists:flatten(string:replace("a-b-c", "-", "+", all)), string:replace(<<"aXb">>, <<"X">>, <<"Y">>)]),
    p([string:prefix("prefix", "pre"), string:prefix("abc", "x"), string:equal("ABC", "abc"), string:equal("ABC", "abc", true), string:equal(<<"a">>, "a")]),
    p([string:reverse("abc"), string:reverse("e\x{301}a"), string:chomp("line\n"), string:chomp("line\r\n"), string:take("aabbc", "a"), string:take("aabbc", "ab", false, trailing), string:take("123abc", lists:seq($0, $9))]),
    p([string:to_integer("42abc"), string:to_integer("x"), string:to_integer(<<"-7">>), string:to_float("1.5e3x"), string:to_float("1"), string:to_integer("")]),
    p([string:next_codepoint("abc"), string:next_grapheme("e\x{301}a"), string:next_codepoint(""), string:nth_lexeme("a b c", 2, " ")]),
    p([string:join(["a", "b", "c"], ", "), string:concat("a", "b"), string:str("hello", "l"), string:rstr("hello", "l"), string:chr("hello", $l), string:rchr("hello", $l), string:substr("hello", 2, 3), string:words("a b c"), string:sub_word("a b c", 2), string:strip("  a "), string:strip("xax", both, $x), string:left("ab", 4), string:right("ab", 4, $.), string:centre("ab", 6), string:sub_string("hello", 2, 3), string:copies("ab", 3), string:span("aab", "a"), string:cspan("aab", "b"), string:len("abc"), string:to_upper("aB"), string:to_lower("aB"), string:chars($a, 3), string:equal("a", "a")]),
    ok.

id(X) -> X.
p(L) -> [io:format("~w~n", [X]) || X <- L].
