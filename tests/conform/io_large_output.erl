%% A megabyte and more of output in small and large pieces: complete and in order.
-module(io_large_output).
-export([main/0]).

main() ->
    [io:format("~p ~s~n", [N, lists:duplicate(N rem 60, $=)]) || N <- lists:seq(1, 5000)],
    io:put_chars([lists:duplicate(79, $x), $\n]),
    io:put_chars(binary:copy(<<"0123456789abcdef\n">>, 50000)),
    io:put_chars(lists:duplicate(20000, "abc\n")),
    io:format("the end~n"),
    ok.
