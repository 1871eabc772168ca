%% re: characters beyond ASCII: patterns and subjects as lists and binaries, classes, properties,
%% letter case; ISO 8859-1 without the option unicode.
-module(re_unicode).
-export([main/0]).

main() ->
    Subjects = ["", "abc", "åäö", "ÅÄÖ", [1024, 1025, $a], [16#1F600, $x, 16#1F601], [$e, 16#301, $f], "naïve café",
                [945, 946, 947], [8232, $b], [160, $a, 133], "straße", [16#10FFFF], [16#4E2D, 16#6587, $ , $1, 1633]],
    Patterns = ["", ".", "^.$", "(.)(.)?", "\\w+", "\\W", "[^a]", "ä", "[åÅ]", "(?i)ä+", "\\p{L}+", "\\p{Lu}", "\\P{L}",
                "\\p{Greek}+", "\\p{^Greek}", "\\p{Han}", "\\X", "\\x{400}", "[\\x{3b1}-\\x{3b3}]+", "\\s", "\\h", "\\R", "\\d+",
                "[[:alpha:]]+", "[[:upper:]]", "(?<=å)ä", "\\bf", "(?u)x|b", "é", "[α-γ]", "\\p{Any}{2}", "\\pN", "[\\w]+", "a|ö$",
                "\\w", "^\\w", "(\\w)\\w", "\\S+", "\\w*", "x?\\w+?", "\\w{2}", "\\w{1,2}f?", "\\W+", "^\\W{2,}?", "\\w?a"],
    [p({P, [{run(S, P, O ++ C), run(unicode:characters_to_binary(S), unicode:characters_to_binary(P), O ++ C)}
            || S <- Subjects]})
     || P <- Patterns, P =/= "(?u)x|b", O <- [[unicode], [unicode, ucp], [unicode, caseless]],
        C <- [[], [{capture, all, list}], [{capture, first, binary}, global]]],
    [p({P, [run(S, P, [caseless | O]) || S <- [[C] || C <- lists:seq(160, 255)]]})
     || P <- ["\\w", "[[:alpha:]]", [16#C5], [16#DF], [16#FF], [16#D7], "\\s", "[^\\w]", "[[:punct:]]"],
        O <- [[], [ucp]]],
    [p(run(S, P, [{offset, 2}, unicode])) || S <- ["åäö", <<"åäö"/utf8>>], P <- ["ä", "."]],
    p(run(<<"å"/utf8>>, <<"(*UTF8)^.$">>, [])),
    p(run(<<"å"/utf8>>, <<"(*UTF)^.$">>, [{capture, all, binary}])),
    p(run(<<"å"/utf8>>, "^.$", [])),
    p(run(<<"åb"/utf8>>, <<"(*UTF8)b">>, [{capture, all, list}])),
    p(re:split("aåbåc", "å", [unicode, {return, list}])),
    p(re:split([1024, $,, 1025], ",", [unicode])),
    p(re:split(<<"x→y→z"/utf8>>, <<"→"/utf8>>, [unicode, {return, list}, {parts, 2}])),
    p(re:replace("aåb", "å", [1024], [unicode, {return, list}])),
    p(re:replace("aåb", "(å)", "<\\1&>", [unicode, global, {return, binary}])),
    p(re:replace([1024, 1025], ".", "&&", [unicode, global])),
    {ok, M} = re:compile("(.)(ö)?", [unicode]),
    p([run(S, M, O) || S <- ["äö", <<"äö"/utf8>>, ["ä", <<"ö"/utf8>>], [<<"xä"/utf8>> | <<"ö"/utf8>>]],
                       O <- [[], [global], [{capture, all, list}], [{capture, [2], binary}], [{capture, none}]]]),
    Big = unicode:characters_to_binary(lists:duplicate(2000, "äö ")),
    {match, L} = re:run(Big, "\\w+", [unicode, ucp, global, {capture, first, list}]),
    p({length(L), lists:usort(L)}).

run(S, P, O) ->
    try re:run(S, P, O)
    catch error:R -> {error, R}
    end.

p(X) -> io:format("~w~n", [X]).
