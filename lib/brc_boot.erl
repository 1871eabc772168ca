%% brc_boot: the first process of a program. It takes the name `init`, starts the servers of standard
%% output and standard error, then those that the program needs (roots.txt), and then, as a process
%% of its own, the program's main function; when that ends, so does the program, after what was
%% printed and logged has been written.
-module(brc_boot).
-export([start/4]).

start(Module, Function, Arity, Strings) ->
    true = register(init, self()),
    process_flag(trap_exit, true),
    true = register(standard_error, brc_io:start(2)),
    User = brc_io:start(1),
    true = register(user, User),
    true = group_leader(User, self()),
    [Start() || Start <- brc_native:servers()],
    Args = case Arity of
               0 -> [];
               1 -> [Strings]
           end,
    {_, Ref} = spawn_monitor(Module, Function, Args),
    loop(Ref).

loop(Ref) ->
    receive
        {'DOWN', Ref, process, _, normal} ->
            finish(0);
        {'DOWN', Ref, process, _, Reason} ->
            brc_native:print_end(Reason),
            erlang:halt(1);
        {stop, Status} ->
            finish(Status);
        _ ->
            loop(Ref)
    end.

finish(Status) ->
    wait_for(whereis(brc_log)),
    wait_for(whereis(user)),
    erlang:halt(Status).

%% Returns when the server has done what it was asked before.
wait_for(undefined) ->
    ok;
wait_for(Server) ->
    Ref = monitor(process, Server),
    Server ! {io_request, self(), Ref, getopts},
    receive
        {io_reply, Ref, _} -> ok;
        {'DOWN', Ref, process, _, _} -> ok
    end.
