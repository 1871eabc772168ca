%% Ports in line mode: a carriage return before the line feed goes with it, where the two arrive.
-module(port_lines_cr).
-export([main/0]).

main() ->
    [io:format("~p ~p ~p~n", [Text, Size, lines(Text, Size)])
     || Text <- ["a\\r\\nb\\n", "\\r\\n\\r\\n\\n", "a\\rb\\r\\n", "abc\\r\\n", "abcd\\r\\n", "abcde\\r\\n", "ab\\r\\r\\ncd",
                 "abc\\r", "\\r", "\\r\\r\\n", "abcdef\\r\\ng\\r\\n", "abcdefg\\r\\n"],
        Size <- [1, 2, 3, 4, 5, 100]],
    io:format("~p~n", [[lines_in_steps(Steps) || Steps <- [["a", "\\r", "\\n", "b", "\\n"], ["a\\r", "\\nb\\r", "c\\n"]]]]).

lines(Text, Size) ->
    collect(open_port({spawn, "printf '" ++ Text ++ "'"}, [{line, Size}, eof])).

lines_in_steps(Steps) ->
    Command = lists:flatten(["printf '" ++ S ++ "'; sleep 0.1; " || S <- Steps]),
    collect(open_port({spawn_executable, "/bin/sh"}, [{args, ["-c", Command]}, {line, 50}, eof])).

collect(Port) ->
    receive
        {Port, {data, Line}} -> [Line | collect(Port)];
        {Port, eof} -> []
    end.
