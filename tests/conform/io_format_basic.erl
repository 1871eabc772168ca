%% Every control sequence of io:format with plain arguments, widths, padding and precision.
-module(io_format_basic).
-export([main/0, id/1]).

main() ->
    f("~s|~10s|~-10s|~.3s|~10.3s|~-10.3s|~10.3.*s|~3s~n", ["abc", "abc", "abc", "abcdef", "abcdef", "abcdef", $*, "abcdef", "toolong"]),
    f("~s ~s ~s~n", [atom, <<"binary">>, ["io", [$l, <<"ist">>]]]),
    f("~ts ~ts~n", [<<"bin">>, "list"]),
    f("~c~c~5c|~10.3c|~-10.3c|~n", [$a, 98, $x, $y, $z]),
    f("~w ~10w|~-10w|~10.5w|~n", [{a, 1}, abc, abc, abc]),
    f("~p ~10p|~n", [{a, 1}, abc]),
    f("~i~w~n", [ignored, shown]),
    f("~~ ~~~n"),
    f("~b ~10b|~-10b|~10..0b|~5.8b ~.16b~n", [42, 42, 42, 42, 42, 255]),
    f("~B ~.16B ~.2B ~.36B~n", [42, 255, 5, 123456]),
    f("~x ~x ~X~n", [255, "0x", -255, "16#", 171, "0x"]),
    f("~.16# ~.2# ~#~n", [31, 5, 7]),
    f("~.16+ ~+~n", [31, 7]),
    f("~f ~.2f ~10.3f|~-10.3f|~.1f~n", [3.14159, 2.71828, 1.5, 1.5, 2.0]),
    f("~e ~.3e ~12.4e|~n", [3.14159, 2.71828, 12345.678]),
    f("~g ~.3g ~g ~g~n", [3.14159, 2.71828, 1.0e20, 0.0001]),
    f("no arguments~n"),
    f("~n~n"),
    f("~5w|~5w|~n", [123456, 12]),
    f("~*c|~*.*s|~n", [3, $x, 6, 2, "abc"]),
    f("~W|~P|~W~n", [[1, 2, 3, 4, 5], 3, {a, b, c, d, e}, 4, "abcdef", 3]),
    f("~10..*s|~10..xw~n", [$+, "pad", abc]),
    f(<<"binary format ~w~n">>, [x]),
    f('atom format ~w~n', [y]),
    f("~w~n", [{}]),
    f("~w and ~w~n", [1, 2]),
    f("~30p|~n", [[1, 2, 3]]),
    f("col: ~3.. w|~-5..-w|~n", [7, 8]),
    ok.

id(X) -> X.
f(F) -> f(F, []).
f(F, A) -> try io:format(F, A) catch C:R -> io:format("~w ~w: ~w ~w~n", [F, A, C, R]) end.
