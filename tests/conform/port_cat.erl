%% A child that gives back what it gets: packets, lines, streams, as lists and as binaries.
-module(port_cat).
-export([main/0]).

main() ->
    [p({Opts, echo(Opts, Data)})
     || {Opts, Data} <- [{[{packet, 1}], ["a", <<"bc">>, "", ["d", [$e | <<"f">>]]]},
                         {[{packet, 2}, binary], ["hello", lists:duplicate(700, $x)]},
                         {[{packet, 4}, binary], [lists:seq(0, 255), <<0:8000>>]},
                         {[{packet, 4}, exit_status, use_stdio], ["with status"]},
                         {[{packet, 2}, {cd, "/"}, {env, [{"A", "b"}]}, hide], ["x"]}]],
    [p({Opts, total(Opts, Size)}) || Opts <- [[stream, binary], [], [binary, {parallelism, true}]],
                                     Size <- [1, 10000, 300000]],
    [p({N, lines(N, "one\ntwo\n\nthree is longer\n1234\n12345\nlast")}) || N <- [4, 5, 1000]],
    large(),
    process_flag(trap_exit, true),
    Long = opened([{packet, 1}]), port_command(Long, lists:duplicate(256, 1)),
    receive {'EXIT', Long, R} -> p(R) end,
    many(50),
    p(length(erlang:ports()) >= 0).

opened(Opts) -> open_port({spawn, "cat"}, Opts).

echo(Opts, Data) ->
    Port = opened(Opts),
    [true = port_command(Port, D) || D <- Data],
    Got = [receive {Port, {data, X}} -> erlang:phash2(X) end || _ <- Data],
    true = port_close(Port),
    {Got, [erlang:phash2(same(Opts, D)) || D <- Data] =:= Got, erlang:port_info(Port)}.

same(Opts, D) ->
    case lists:member(binary, Opts) of
        true -> iolist_to_binary(D);
        false -> binary_to_list(iolist_to_binary(D))
    end.

total(Opts, Size) ->
    Port = opened(Opts),
    Data = [N rem 251 || N <- lists:seq(1, Size)],
    Port ! {self(), {command, Data}},
    Got = collect(Port, Size, []),
    Port ! {self(), close},
    receive {Port, closed} -> ok end,
    iolist_to_binary(Data) =:= Got.

collect(_, 0, Acc) -> iolist_to_binary(lists:reverse(Acc));
collect(Port, Left, Acc) ->
    receive {Port, {data, D}} -> collect(Port, Left - iolist_size(D), [D | Acc]) end.

lines(N, Text) ->
    Port = open_port({spawn_executable, "/bin/echo"}, [{args, ["-n", Text]}, {line, N}, eof]),
    all(Port).

all(Port) ->
    receive
        {Port, {data, D}} -> [D | all(Port)];
        {Port, eof} -> port_close(Port), [];
        {Port, {exit_status, S}} -> [S | all(Port)]
    end.

large() ->
    Port = opened([{packet, 4}, binary]),
    Block = binary:copy(<<"0123456789">>, 200000),
    [port_command(Port, [Block, <<N>>]) || N <- [1, 2, 3]],
    p([receive {Port, {data, B}} -> {byte_size(B), binary:last(B)} end || _ <- [1, 2, 3]]),
    port_close(Port).

many(N) ->
    Ports = [opened([{packet, 2}]) || _ <- lists:seq(1, N)],
    [port_command(P, integer_to_list(I)) || {P, I} <- lists:zip(Ports, lists:seq(1, N))],
    p([receive {P, {data, D}} -> D end || P <- Ports]),
    [port_close(P) || P <- Ports].

p(X) -> io:format("~w~n", [X]).
