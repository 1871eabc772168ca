%% re: every option of compile and run, captures in all forms; tables of subjects and patterns.
-module(re_options).
-export([main/0]).

main() ->
    compile_options(),
    run_options(),
    captures(),
    newlines(),
    global(),
    split_replace(),
    inspect(),
    limits(),
    cross(),
    ok.

compile_options() ->
    Subjects = ["ABDabcdABCD", "abc\nABC\n", "", "aab", "x y", "line1\nline2\r\nline3", "foo bar"],
    Patterns = ["abcd", "^a.c$", "ABC$", ".", "a b", "(a)(b)?", "a+", "l.*e", "(?<n>o)|(?<m>b)",
                "x # y\n y"],
    Options = [anchored, caseless, dollar_endonly, dotall, extended, firstline, multiline,
               no_auto_capture, dupnames, ungreedy, ucp, never_utf, no_start_optimize, unicode],
    [p({S, P, O, run(S, P, [O])}) || P <- Patterns, O <- Options, S <- Subjects, S =/= ""],
    [p({S, P, run(S, P, [O1, O2])}) || {O1, O2} <- [{caseless, anchored}, {multiline, dotall}],
                                        P <- Patterns, S <- Subjects],
    p([c("(?<a>x)(?<a>y)", O) || O <- [[], [dupnames]]]),
    ok.

run_options() ->
    Cases = [{"ABCabcdABC", "abc"}, {"", "a?b?"}, {"abc", "^a"}, {"ab\nc", "(?m)^c"}, {"abc", "c$"},
             {"ab\nc", "(?m)b$"}, {"aaa", "a*?"}, {"xaa", "a*"}],
    Options = [anchored, notbol, noteol, notempty, notempty_atstart, global, report_errors,
               {offset, 0}, {offset, 1}, {offset, 3}],
    [begin
         {ok, M} = re:compile(P),
         p({S, P, O, run(S, P, [O]), run(S, M, [O])})
     end || {S, P} <- Cases, O <- Options, not (S == "" andalso is_tuple(O))],
    ok.

captures() ->
    Ps = [".*(abcd).*", ".*((?<FOO>abdd)|a(..d)).*", "(?<B>A)?(?<A>b)?(?<C>z)?", "(x)?(y)?A(z)?"],
    Vs = [all, all_but_first, all_names, first, none, [], [1], [0, 2, 1], [200], ['FOO'], ["FOO"],
          [<<"FOO">>], ['A', 'B', 1, "C", nope], [["F", <<"OO">>]]],
    [p({P, V, T, run("ABCabcdABC", P, [{capture, V, T}]),
        run(<<"ABCabcdABC">>, P, [{capture, V, T}, global])})
     || P <- Ps, V <- Vs, T <- [index, list, binary]],
    [p({V, run("ABCabcdABC", ".*(abcd).*", [{capture, V}])}) || V <- Vs],
    p(run("abc", "(b)", [{capture, all, list}, {capture, all}])),
    p(run("abc", "(b)", [{capture, all, list}, {capture, all}, global])),
    p(run("abc", "(b)", [{capture, all}, {capture, first, binary}])),
    D = "(?<DN>Mon|Fri|Sun)(?:day)?|(?<DN>Tue)(?:sday)?|(?<DN>Wed)(?:nesday)?|(?<X>Th)",
    [p(run(S, D, [dupnames, {capture, V, list}]))
     || S <- ["Monday", "Tue", "xWednesday", "Thursday", "none"], V <- [all_names, ['DN'], ["X", 'DN']]],
    ok.

newlines() ->
    Ns = [cr, lf, crlf, anycrlf, any],
    Ss = ["abcd\r\nefgh", "abcd\nefgh", "abcd\refgh", "abcd\vefgh", "a\r\n", "a\r", "a\n"],
    Ps = ["(?m)^efgh", "(?m)abcd$", "a.*h", "a$", "d\\Re", "(*CR)(?m)^e", "(*ANYCRLF)(?m)d$",
          "(*BSR_ANYCRLF)d\\Re", "\\N+"],
    [begin
         {ok, M} = re:compile(P),
         {ok, N1} = re:compile(P, [{newline, N}]),
         p({N, S, P, run(S, P, [{newline, N}]), run(S, M, [{newline, N}]), run(S, N1, []),
            run(S, N1, [{newline, lf}]), run(S, P, [global, {newline, N}])})
     end || N <- Ns, S <- Ss, P <- Ps],
    [p({P, B, run("d\ve", P, [B]), run("d\r\ne", P, [B])})
     || P <- ["d\\Re", "(*BSR_UNICODE)d\\Re"], B <- [bsr_anycrlf, bsr_unicode]],
    p([tag(element(2, re:compile(P, O))) || P <- ["a", "(*CR)a", "(*CRLF)a", "(*ANY)a", "(*LF)a"],
                                            O <- [[], [{newline, any}], [{newline, crlf}, unicode]]]),
    p([c("a", O) || O <- [[{newline, cr}, {newline, lf}], [{newline, any}, {newline, lf}],
                          [bsr_unicode, bsr_anycrlf]]]).

global() ->
    Ss = ["", "a", "aab", "a\r\nb\r\n\r\n", "one two  three", "aXbXc", "ab,cd;,ef"],
    Ps = ["", "a*", "a*?", "b*|X", "(?=X)", "X|", "^", "$", "(?m)^", "(?m)$", "\\b", "(\\w)(\\w)?", "\\s*",
          "(*ANYCRLF)(?m)$", "(*CRLF)", "[,;]", "(?<=a)", "\\G.", "a\\K"],
    [p({S, P, run(S, P, [global | O]), run(list_to_binary(S), P, [global, {capture, all, list} | O])})
     || S <- Ss, P <- Ps, O <- [[], [unicode], [{newline, crlf}], [notempty]]],
    Long = lists:flatten(lists:duplicate(3000, "ab1 ")),
    {match, L} = re:run(Long, "([a-z]+)(\\d)", [global, {capture, all, binary}]),
    p({length(L), hd(L), lists:last(L), erlang:phash2(L)}),
    {match, E} = re:run(Long, "x*", [global]),
    p({length(E), erlang:phash2(E)}).

split_replace() ->
    Ss = ["a,b;c", "", "abc", ",a,,b,,", "a1b22c333", "x-y-z"],
    Ps = ["[,;]", "(\\d)", "", "b", "(-)(y)?", "\\d+|,"],
    [p({S, P, [re:split(S, P, [{return, R} | O]) || R <- [list, binary],
                                                  O <- [[], [trim], [group], [{parts, 2}]]]})
     || S <- Ss, P <- Ps],
    [p({S, P, [re:replace(S, P, R, [{return, list} | O])
               || R <- ["[&]", "\\1!", "<\\g{1}>", "x", "\\\\"], O <- [[], [global]]]})
     || S <- Ss, P <- Ps],
    p(re:replace(<<"abc">>, "b", "-")),
    p(iolist_to_binary(re:replace("aXbXc", "X", "\\&", [global]))).

inspect() ->
    Ps = ["(?<A>A)|(?<B>B)|(?<C>C).", "(A)", "(?<zz>a)(?<aa>b)(?'mm'c)(?P<z>d)"],
    [p(re:inspect(element(2, re:compile(P)), namelist)) || P <- Ps],
    p(re:inspect(element(2, re:compile("(?<A>A)|(?<B>B)|(?<A>C).", [dupnames])), namelist)),
    {ok, M} = re:compile("(?<A>A)b"),
    Back = binary_to_term(term_to_binary(M)),
    Self = self(),
    spawn(fun() -> Self ! {M, re:run("xAb", M)} end),
    p({Back =:= M, re:run("xAb", Back), receive {M, R} -> R end, re:compile("(?<A>A)b") =:= {ok, M}}).

limits() ->
    S = "aaaaaaaaaaaaaz",
    [p(run(S, "(a+)*zz", O)) || O <- [[], [{match_limit, 3000}], [{match_limit_recursion, 10}],
                                      [report_errors], [{match_limit, 3000}, report_errors],
                                      [{match_limit_recursion, 10}, report_errors],
                                      [{match_limit, 3000}, report_errors, global]]].

%% Every pattern on every subject.
cross() ->
    Ss = ["", "abc", "aaaa", "foobar", "ABBA", "2024-01-15T10:00:00Z", "<a href=\"x\">t</a>",
          "((a)(b))", "key = value", "a.b.c", "\"quoted \\\" text\"", "1,234.50", "user@example.com",
          "\t tab", "abab", "nonono", "\\back"],
    Ps = ["a|b", "(a|ab)(c|bcd)?", "^.*$", "\\d{4}-\\d\\d-\\d\\d", "(\\d+)", "<([a-z]+)[^>]*>(.*?)</\\1>",
          "\\((?:[^()]|(?R))*\\)", "(\\w+)\\s*=\\s*(\\w+)", "(?i)abba", "(.)(.)\\2\\1", "[^a-z]+",
          "[[:upper:]]+", "[\\w.]+@[\\w.]+", "\"(?:\\\\.|[^\"\\\\])*\"", "^\\s+|\\s+$", "(?<!o)b", "a(?!b)",
          "(?=.*b)a", "(ab)+", "(no){2,}?", "a{0}b", "x*", "[]a]", "[a\\]]", "\\Qa.b\\E", "\\x61", "\\141",
          "(?:a|(b))(?(1)b|a)", "(?>a+)b", "a++", "(?|(a)|(b))", "\\y\\j|a", "[\\B\\R]+", "\\Aa", "c\\z",
          "(?<x>a)\\k<x>", "(?P<x>a)(?P=x)", "(a)(?1)", "(?(DEFINE)(?<d>\\d))(?&d)+", "(?#c)a", "\\\\",
          "[+--]", "\\cA?a", "a(*SKIP)(*F)|b", "(*COMMIT)b", "\\p{Lu}+", "\\p{L}", "[[:^alpha:]]", "\\h+",
          "[a-c-e]", "\\e?\\0?a"],
    [p({P, [run(S, P, [{capture, all, list}]) || S <- Ss]}) || P <- Ps].

run(S, P, O) ->
    try re:run(S, P, O)
    catch error:R -> {error, R} end.

c(P, O) -> tag(re:compile(P, O)).

tag({ok, M}) -> {ok, tag(M)};
tag({re_pattern, A, B, C, _}) -> {re_pattern, A, B, C};
tag(T) -> T.

p(X) -> io:format("~w~n", [X]).
