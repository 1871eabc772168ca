%% re: patterns that do not compile, their texts and positions; bad arguments and how they look.
-module(re_errors).
-export([main/0]).

main() ->
    [io:format("~s ~w~n", [P, c(P, [])]) || P <- bad_patterns()],
    [io:format("~s ~w~n", [P, c(P, [unicode])]) || P <- unicode_patterns()],
    [io:format("~w~n", [c(P, O)]) || {P, O} <- with_options()],
    {ok, M} = re:compile("(a)(b)?"),
    {ok, U} = re:compile("(a)(b)?", [unicode]),
    [call(F, A) || {F, A} <- calls(M, U)],
    ok.

bad_patterns() ->
    ["(", ")", "a(", "a)b", "((a)", "(?", "(?a)", "(?z", "(?<", "(?<1a>b)", "(?<a", "(?<ab-c>x)", "(?P", "(?Px",
     "(?P<a", "(?P=x)", "(?P>x)", "(?'a", "[", "[a", "[^", "[]", "[a-", "[z-a]", "[b-a]x", "a[\\d-z", "[[:foo:]]",
     "[[.a.]]", "[[=a=]]", "[:alpha:]", "*", "+a", "?", "a**", "a|*", "(*)", "(+)", "a{2,1}", "a{70000}", "a{1,70000}",
     "x{3}{2,1}", "\\", "ab\\", "\\c", "\\1", "(a)\\2", "\\g", "\\g{", "\\g{x}", "\\g{0}", "\\k", "\\k<", "\\k<x>",
     "\\k{", "\\x{", "\\x{g}", "\\x{100}", "\\x{}", "\\o", "\\o{", "\\o{9}", "\\o{400}", "\\o{}", "\\400",
     "\\N{name}", "\\u", "\\U", "\\l", "\\L", "[\\N]", "(?#", "(?#abc", "(?(1", "(?(1)a|b|c)", "(?(2)a)", "(?(x)a)",
     "(?(0)a)", "(?(?a)b)", "(?(", "(?(<a", "(?(R", "(?(DEFINE)a|b)", "(?<=a+)b", "(?<=a*)", "(?<!a{1,2})b",
     "(?<=(a|bc)+)", "(?R", "(?1)", "(?+1)", "(?-1)", "(?+", "(?-", "(?+a)", "(?&x)", "(?&", "(?0", "(*FOO)", "(*",
     "(*MARK)", "(*:)", "(?C256)", "(?C1", "(?Cx)", "(?<a>x)(?<a>y)", "(?|(?<a>x)|(?<b>y))",
     "\\p", "\\p{", "\\p{Foo}", "\\pX", "\\p{^", "[\\p{Foo}]", "(?i-", "(?i-q)", "(?i", "(?:", "(?=", "(?!", "(?<=",
     "(?>a", "(?<abcdefghijklmnopqrstuvwxyzabcdefg>x)", "(?<>x)", "(?'1'x)", "(?P<1>x)", "a(?b)c", "abc[", "x(y[z",
     "(a)(b)(c", "[a\\", "\\Q", "\\Qabc", "[\\Qa", "a{,2}", "a{2", "a{x}", "]", "}", "(?<n>a)(?(n)b", "(?(-1)a)", "(?(+1)a)",
     "\\g<", "\\g<1", "\\g<x>", "\\g'2'", "(?P>", "(?P=", "\\cé", "[a-\\d]", "[\\d-z]", "[[:digit:]-z]", "[a-[:digit:]]",
     "(?<=\\X)a", "(?<=ab|c)d", "(?J)(?<a>x)(?<a>y)", "a{99999999999}", "(?i)(?-i)(?", "((((((a"].

unicode_patterns() ->
    ["(", "\\x{110000}", "\\x{d800}", "\\x{100}", "é(", "ééé)", "[é-a]", "\\400", "\\p{Greek}", "\\C", "(?<=\\C)a",
     "\\o{4177777}"].

with_options() ->
    [{"ABC", [unicode, never_utf]}, {"(*UTF)ABC", [never_utf]}, {"(*UTF8)ABC", [never_utf]}, {"(*UTF8)ABC", []},
     {<<"a", 255>>, [unicode]}, {<<255>>, [unicode]}, {<<"abc", 195>>, [unicode]}, {"a\0)", []},
     {lists:duplicate(200, $() ++ lists:duplicate(200, $)), []}, {lists:duplicate(900, $() ++ lists:duplicate(900, $)), []},
     {"# )\n(", [extended]}, {"a b *  *", [extended]}, {"(*CR)(", []}, {"(*UTF8)a(", []}, {"(?1)(a)(?2)", []}].

calls(M, U) ->
    [{compile, A} || A <- [[foo], [<<1:1>>], ["a", foo], ["a", [foo]], ["a", [global]], ["a", [{offset, 1}]],
                           ["a", [{newline, foo}]], [[300], []], [{a}, [unicode]], [[-1], [unicode]], ["a", [caseless | x]],
                           [[<<"a">> | "b"], []], ["a", [{unicode, true}]]]] ++
    [{run, A} || A <- [["x", "("], [foo, "x"], ["x", foo], ["x", {re_pattern, 1, 2, 3}], ["x", {re_pattern, 1, 2, 3, <<>>}],
                       ["x", {re_pattern, 1, 0, 0, <<1, 2, 3>>}], ["x", {re_pattern, a, 0, 0, <<"abcdef">>}], [[300], "x"],
                       ["x", "(", [report_errors]], ["x", "(", [global, report_errors]], ["x", "(", [global]],
                       ["x", M, [caseless]], ["x", M, [badopt]], ["x", M, foo], ["x", M, [{offset, -1}]],
                       ["x", M, [{offset, foo}]], ["x", M, [{match_limit, -1}]], ["x", M, [global | badopt]],
                       ["x", M, [{capture, foo}]], ["x", M, [{capture, all, foo}]], ["x", M, [{capture, [{}], list}]],
                       ["x", M, [{capture, [-1]}]], ["x", M, [{capture, [1 | 2]}]], ["x", M, [{capture, foo}, global]],
                       ["a", M, [{capture, all, foo}, global]], ["a", M, [{capture, [a | b], list}, global]],
                       [[<<195>>], "a", [unicode]], [<<195>>, "a", [unicode]], [<<195>>, <<"a">>, [unicode]],
                       [<<195>>, <<"a">>, [unicode, global]], [<<195>>, U, []], [[300], M, []], [[300], U, []],
                       [<<195>>, <<"(*UTF8)a">>, []], [<<"åå"/utf8>>, <<"(.)">>, [unicode, {offset, 1}]],
                       ["a", <<"a", 200>>, [unicode]], ["a", <<"a", 200>>, [unicode, report_errors]],
                       [<<1:1>>, "a"], ["a", U, [{capture, all, foo}]], [[a], U, [{capture, all, foo}]],
                       ["x", {re_pattern, 1, 1, 0, <<"abcd">>}, [{capture, all, list}]]]] ++
    [{inspect, A} || A <- [[foo, namelist], [M, foo], [M, 1], [{re_pattern, 3, 0, 0, <<"kalle">>}, namelist]]] ++
    [{replace, A} || A <- [["a", "(", "b"], [foo, "a", "b"], ["a", "a", foo], ["a", "a", "b", [foo]], ["a", M, "b", [caseless]]]] ++
    [{split, A} || A <- [["a", "("], [foo, "a"], ["a", "a", [foo]], ["a", {re_pattern, 1, 1, 0}, [{capture, all}]]]] ++
    [{internal_run, A} || A <- [["x", M, [], foo], ["x", M, [foo], true], ["xa", M, [global], false]]].

call(F, A) ->
    io:format("~w ~p~n", [F, clean(try apply_re(F, A) catch C:R:S -> {C, R, tl(tuple_to_list(hd(S)))} end)]).

apply_re(compile, [A]) -> re:compile(A);
apply_re(compile, [A, B]) -> re:compile(A, B);
apply_re(run, [A, B]) -> re:run(A, B);
apply_re(run, [A, B, C]) -> re:run(A, B, C);
apply_re(inspect, [A, B]) -> re:inspect(A, B);
apply_re(replace, [A, B, C]) -> re:replace(A, B, C);
apply_re(replace, [A, B, C, D]) -> re:replace(A, B, C, D);
apply_re(split, [A, B]) -> re:split(A, B);
apply_re(split, [A, B, C]) -> re:split(A, B, C);
apply_re(internal_run, [A, B, C, D]) -> re:internal_run(A, B, C, D).

clean({re_pattern, A, B, C, D}) when is_binary(D), byte_size(D) > 6 -> {re_pattern, A, B, C};
clean(T) when is_tuple(T) -> list_to_tuple(clean(tuple_to_list(T)));
clean([H | T]) -> [clean(H) | clean(T)];
clean(T) -> T.

c(P, O) ->
    case re:compile(P, O) of
        {ok, M} -> {ok, clean(M)};
        {error, {T, N}} -> {error, list_to_atom(T), N}
    end.
