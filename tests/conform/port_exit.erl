%% How ports end: statuses, ends of input, closing, links and monitors, owners that end.
-module(port_exit).
-export([main/0]).

main() ->
    process_flag(trap_exit, true),
    [p({Cmd, Opts, run({spawn, Cmd}, Opts)})
     || {Cmd, Opts} <- [{"true", [exit_status]}, {"sh -c 'exit 3'", [exit_status]}, {"true", []},
                        {"true", [eof]}, {"true", [eof, exit_status]}, {"echo hi", [eof]},
                        {"sh -c 'kill -9 $$'", [exit_status]}, {"sh -c 'kill -15 $$'", [exit_status]},
                        {"echo a; echo b", [binary, exit_status]},
                        {"sh -c 'echo b >&2'", [stderr_to_stdout, exit_status]},
                        {"sh -c 'exec >&-; sleep 0.1; exit 7'", [exit_status]},
                        {"printf 'no newline'", [{line, 100}]},
                        {"sh -c 'exit 5'", [out, exit_status]}, {"echo in", [in, exit_status]}]],
    [p({N, Opts, catch_error(fun() -> run(N, Opts) end)})
     || {N, Opts} <- [{{spawn_executable, "/nonexistent/file"}, []},
                      {{spawn_executable, "/etc/passwd"}, []}, {{spawn_executable, "/tmp"}, []},
                      {{spawn_executable, "/bin/sh"}, [{args, ["-c", "echo $0 $1 \"$2\"", "x", <<"y">>,
                                                               "z  z"]}]},
                      {{spawn_executable, <<"/bin/sh">>}, [{arg0, "other"}, {args, ["-c", "echo $0"]}]},
                      {{spawn_driver, "no_such_driver"}, []}, {{spawn, ""}, []},
                      {{spawn, [0]}, []}, {{spawn, 17}, []}, {17, []}, {{spawn, "true"}, foo},
                      {{spawn, "true"}, [foo]}, {{spawn, "true"}, [{packet, 3}]},
                      {{spawn, "true"}, [{line, 0}]}, {{spawn, "true"}, [{line, x}]},
                      {{spawn, "true"}, [{args, ["a"]}]}, {{spawn, "true"}, [{env, foo}]},
                      {{spawn, "true"}, [{env, [{"A", 1}]}]}, {{spawn, "true"}, [{cd, 1}]},
                      {{spawn, "true"}, [in | out]}, {{fd, x, 1}, []}, {{spawn, "pwd"}, [{cd, "/"}]},
                      {{spawn, "echo $FOO-$BAR-$PATH"}, [{env, [{"FOO", "1"}, {"BAR", [229]},
                                                              {"PATH", false}]}]}]],
    requests(), links(), owners(), named().

run(Name, Opts) -> rest(open_port(Name, Opts)).

rest(Port) ->
    receive
        {Port, {data, D}} -> [D | rest(Port)];
        {Port, eof} -> [eof | case erlang:port_info(Port) of
                                  undefined -> [];
                                  _ -> port_close(Port), rest(Port)
                              end];
        {Port, Other} -> [Other | rest(Port)];
        {'EXIT', Port, Reason} -> [{exit, Reason}]
    after 5000 -> [timeout]
    end.

catch_error(F) ->
    try F() catch error:R -> {error, R} end.

cat(Opts) -> open_port({spawn, "cat"}, Opts).

requests() ->
    P = cat([]),
    Dead = cat([]), port_close(Dead), p(flush(Dead)),
    [p({N, catch_error(fun() -> F(P) end), catch_error(fun() -> F(Dead) end)})
     || {N, F} <- [{1, fun(X) -> port_control(X, 1, "a") end}, {2, fun(X) -> erlang:port_call(X, 1, a) end},
                   {3, fun(X) -> port_connect(X, foo) end}, {4, fun(X) -> port_connect(X, self()) end},
                   {5, fun(X) -> port_command(X, "a", [foo]) end},
                   {6, fun(X) -> port_command(X, "a", [nosuspend]) end},
                   {7, fun(X) -> erlang:port_info(X, foo) end},
                   {8, fun(X) -> erlang:port_info(X, name) end},
                   {9, fun(X) -> erlang:port_info(X, registered_name) end},
                   {10, fun(X) -> erlang:port_info(X, output) end},
                   {11, fun(X) -> {connected, S} = erlang:port_info(X, connected), S =:= self() end},
                   {12, fun(X) -> is_port(X) andalso X =:= list_to_port(port_to_list(X)) end},
                   {13, fun(X) -> is_process_alive(X) end}, {14, fun(X) -> node(X) end},
                   {15, fun(X) -> lists:member(X, erlang:ports()) end},
                   {16, fun(X) -> lists:member(X, processes()) end}]],
    [p(catch_error(fun() -> F() end))
     || F <- [fun() -> port_command(foo, "a") end, fun() -> port_close(17) end,
              fun() -> erlang:port_info(17) end, fun() -> erlang:port_info(foo) end,
              fun() -> port_connect(self(), self()) end, fun() -> list_to_port("x") end]],
    receive {P, {data, "a"}} -> ok end,
    p({self() < P, P < self(), make_ref() < P, fun() -> ok end < P}),
    P ! {self(), close},
    p(flush(P)),
    [begin
         Q = cat([]),
         Q ! Bad,
         p({bad, flush(Q), erlang:port_info(Q) =/= undefined}),
         catch port_close(Q), flush(Q)
     end || Bad <- [foo, {self(), foo}, {self(), {connect, foo}}, {foo, close}]].

%% What the child says to what it was told, however long that takes.
echo(Port) ->
    receive {Port, {data, _} = Data} -> [Data | flush(Port)] end.

flush(Port) ->
    receive
        {'EXIT', Port, R} -> [{exit, R} | flush(Port)];
        {Port, M} -> [M | flush(Port)];
        {'DOWN', _, port, Port, R} -> [{down, R} | flush(Port)]
    after 100 -> []
    end.

links() ->
    P = cat([]),
    {links, L} = process_info(self(), links),
    p(lists:member(P, L)),
    p(erlang:port_info(P, links) =:= {links, [self()]}),
    R = monitor(port, P),
    p(process_info(self(), monitors) =:= {monitors, [{port, P}]}),
    {monitored_by, [Self]} = erlang:port_info(P, monitored_by), p(Self =:= self()),
    exit(P, reason), p(lists:sort(flush(P))), p(demonitor(R)),
    Q = cat([]), unlink(Q), port_close(Q), p(flush(Q)),
    S = cat([]), exit(S, kill), p(flush(S)),
    T = cat([]), exit(T, normal), p(flush(T)),
    monitor(port, T), p(flush(T)),
    {_, D} = spawn_monitor(fun() -> link(T) end),
    receive {'DOWN', D, _, _, {W, _}} -> p(W) end.

owners() ->
    Self = self(),
    Pid = spawn(fun() -> P = cat([]), Self ! {port, P}, receive stop -> ok end end),
    receive {port, P} -> ok end,
    monitor(port, P),
    Pid ! stop,
    p(flush(P)), p(erlang:port_info(P)),
    Two = spawn(fun() -> Q = cat([]), port_connect(Q, Self), unlink(Q), Self ! {port, Q},
                         receive stop -> ok end end),
    receive {port, Q} -> ok end,
    Two ! stop,
    p(port_command(Q, "mine")), p(echo(Q)),
    port_close(Q), p(flush(Q)).

named() ->
    P = cat([]),
    p(register(kitty, P)), p(whereis(kitty) =:= P), p(erlang:port_info(P, registered_name)),
    p(port_command(kitty, "by name")), p(echo(P)),
    kitty ! {self(), {command, "again"}}, p(echo(P)),
    p(port_close(kitty)), p(whereis(kitty)), p(flush(P)).

p(X) -> io:format("~p~n", [X]).
