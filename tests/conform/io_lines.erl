%% io:get_line until end of file, from standard input with long and empty lines.
-module(io_lines).
-export([main/0, id/1]).

main() -> loop(1).

id(X) -> X.
loop(N) ->
    case io:get_line("") of
        eof -> io:format("eof after ~p lines~n", [N - 1]), io:format("~p~n", [io:get_line("")]);
        L -> io:format("~p: ~p ~p~n", [N, length(L), string:slice(L, 0, 60)]), loop(N + 1)
    end.
