%% io_lib:fread: every control sequence, more and error answers.
-module(io_fread).
-export([main/0, id/1]).

main() ->
    [io:format("~p ~p -> ~p~n", [F, S, try io_lib:fread(F, S) catch C:R -> {C, R} end])
     || {F, S} <- [{"~d", "42 rest"}, {"~d", "-7"}, {"~d", "+7"}, {"~d", "x"}, {"~d ~d", "1 2"}, {"~d,~d", "1,2"}, {"~s", "word next"}, {"~a", "atom x"}, {"~f", "1.5e3 z"}, {"~f", "15"}, {"~c", "abc"}, {"~3c", "abcdef"},
         {"~2d", "12345"}, {"~3s", "abcdef"}, {"~u", "42"}, {"~u", "-42"}, {"~-", "-"}, {"~16u", "ff"}, {"~#", "16#ff"}, {"~#", "2#101"}, {"~l~s", "abc"}, {"~d~n", "5"}, {"~*d ~d", "1 2"}, {"a~db", "a5b"}, {"~d", ""}, {"~d ~s", "5"},
         {"~~ ~d", "~ 5"}, {"lit", "lit"}, {"lit", "lix"}, {"~q", "1"}, {" ~d", "    9"}, {"~d ~d ~d", "1\n2\t3"}, {"~ts", "str"}]],
    ok.

id(X) -> X.
