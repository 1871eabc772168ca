%% Ports whose child does not read what it is sent: epipe comes before the child's status, the end of
%% its output before epipe.
-module(port_broken).
-export([main/0]).

main() ->
    process_flag(trap_exit, true),
    Much = binary:copy(<<"x">>, 1000000),
    [told(Command, Options, Data)
     || {Command, Options, Data} <- [{"exec <&-; echo a; sleep 0.05; exit 7", [exit_status], Much},
                                     {"echo a; sleep 0.05; exit 7", [exit_status], Much},
                                     {"echo a; sleep 0.05; exit 7", [exit_status], <<"x">>},
                                     {"echo a; sleep 0.05; exit 7", [], Much},
                                     {"echo a; sleep 0.05; exit 7", [eof], <<"x">>},
                                     {"echo a; head -c 10 >/dev/null; exit 7", [exit_status], Much},
                                     {"echo a; head -c 10 >/dev/null; exit 7", [exit_status], <<"0123456789">>}]],
    P = open_port({spawn_executable, "/bin/sh"}, [{args, ["-c", "sleep 0.05; exit 7"]}, out, exit_status]),
    true = port_command(P, Much),
    p(rest(P)),
    p(try port_command(P, "x") catch C:R -> {C, R} end).

%% Sends when the child is there.
told(Command, Options, Data) ->
    P = open_port({spawn_executable, "/bin/sh"}, [{args, ["-c", Command]} | Options]),
    receive {P, {data, "a\n"}} -> ok end,
    true = port_command(P, Data),
    p({Command, Options, byte_size(Data), rest(P)}).

rest(P) ->
    receive
        {P, eof} -> port_close(P), [eof | rest(P)];
        {P, What} -> [What | rest(P)];
        {'EXIT', P, Why} -> [Why]
    end.

p(X) -> io:format("~p~n", [X]).
