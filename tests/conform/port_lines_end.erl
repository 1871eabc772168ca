%% Ports in line mode: what comes after the last line feed follows the child's status.
-module(port_lines_end).
-export([main/0]).

main() ->
    process_flag(trap_exit, true),
    [io:format("~p ~s ~p~n", [Options, Command, all(open_port({spawn, Command}, [{line, 4} | Options]))])
     || Options <- [[eof], [exit_status], [exit_status, eof], [exit_status, binary]],
        Command <- ["printf 'a\\r\\nd'", "printf 'abcd\\n'", "sh -c 'printf abcdefg; sleep 0.1; exit 3'",
                    "sh -c 'printf xy; exec >&-; sleep 0.1; exit 2'"]].

all(Port) ->
    receive
        {Port, eof} -> [eof];
        {Port, Message} -> [Message | all(Port)];
        {'EXIT', Port, Reason} -> [{'EXIT', Reason}]
    after 5000 -> [nothing]
    end.
