%% re: run with captures, options, replace, split, names, unicode, errors.
-module(re_basic).
-export([main/0]).

main() ->
    p(re:run("hello world", "o")), p(re:run("hello", "xyz")), p(re:run("hello world", "(\\w+) (\\w+)")), p(re:run("hello world", "(\\w+) (\\w+)", [{capture, all, list}])), p(re:run("hello world", "(\\w+) (\\w+)", [{capture, [2], binary}])),
    p(re:run("a1b22c333", "\\d+", [global])), p(re:run("a1b22c333", "\\d+", [global, {capture, all, list}])), p(re:run("ABC", "b", [caseless])), p(re:run("x\ny", "^y$", [multiline])), p(re:run("abc", "c", [{offset, 1}])), p(re:run("aaa", "a", [{capture, none}])),
    p(re:run("key=val", "(?<k>\\w+)=(?<v>\\w+)", [{capture, [k, v], list}])), p(re:run("ab", "(a)|(b)", [global, {capture, all, index}])), p(re:run("äöü", "ö", [unicode])), p(re:run(<<"äöü"/utf8>>, "(ö)", [unicode, {capture, all, list}])),
    {ok, M} = re:compile("(\\d+)-(\\d+)"), p(re:run("12-34", M, [{capture, all_but_first, list}])), p(re:inspect(element(2, re:compile("(?<n>a)")), namelist)),
    p(re:replace("hello", "l", "L")), p(re:replace("hello", "l", "L", [global, {return, list}])), p(re:replace("john smith", "(\\w+) (\\w+)", "\\2 \\1", [{return, binary}])), p(re:replace("abc", "b", "[&]", [{return, list}])), p(re:replace("abc", "x", "y", [{return, list}])),
    p(re:split("a,b;c", "[,;]")), p(re:split("a,b;c", "[,;]", [{return, list}])), p(re:split("a1b2c", "(\\d)", [{return, list}])), p(re:split("a,b,c", ",", [{parts, 2}, {return, list}])), p(re:split("a,b,,", ",", [trim, {return, list}])),
    p(re:compile("(unclosed")), p(re:compile("a**")), p([try re:run("x", P) catch error:R -> R end || P <- ["(", a]]), p(re:run(["io", <<"list">>], "oli", [{capture, all, binary}])), p(re:run("aaaa", "a{2,3}?", [ungreedy])), p(re:run("foobar", "foo(?=bar)")), p(re:run("abab", "(ab)\\1")),
    ok.

p(X) -> io:format("~p~n", [X]).
