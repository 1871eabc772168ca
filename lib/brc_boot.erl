%% brc_boot: the first process of a program. It takes the name `init`, starts the servers of standard
%% output and standard error, then those that the program needs (roots.txt), and then, as a process
%% of its own, the program's main function; when that ends, so does the program, after what was
%% printed and logged has been written.
-module(brc_boot).
-export([start/4]).
-beamrc_applies_told([]). %% the main function is a root

start(Module, Function, Arity, Strings) ->
    true = register(init, self()),
    process_flag(trap_exit, true),
    true = register(standard_error, brc_io:start(2)),
    User = brc_io:start(1),
    true = register(user, User),
    true = group_leader(User, self()),
    Started = try
                  [Start() || Start <- brc_native:servers()]
              catch
                  _:Why:Trace -> brc_native:print_end({Why, Trace}), erlang:halt(1)
              end,
    Controllers = [C || {controller, _, _} = C <- Started],
    Args = case Arity of
               0 -> [];
               1 -> [Strings]
           end,
    {_, Ref} = case [Run || {runner, Run} <- Started] of
                   [Run] -> spawn_monitor(fun() -> Run(Module, Function, Args) end);
                   [] -> spawn_monitor(Module, Function, Args)
               end,
    loop(Ref, Controllers).

loop(Ref, Controllers) ->
    receive
        {'DOWN', Ref, process, _, normal} ->
            finish(0);
        {'DOWN', Ref, process, _, Reason} ->
            brc_native:print_end(Reason),
            erlang:halt(1);
        {stop, Status} ->
            stop(Controllers),
            finish(Status);
        {'EXIT', Pid, Reason} ->
            [begin flush(), Ended(Reason) end || {_, Controller, Ended} <- Controllers, Controller =:= Pid],
            loop(Ref, Controllers);
        _ ->
            loop(Ref, Controllers)
    end.

%% All applications end, the last one started first.
stop([]) ->
    ok;
stop([{_, Controller, _} | _]) ->
    Ref = monitor(process, Controller),
    Controller ! {'EXIT', self(), shutdown},
    receive {'DOWN', Ref, process, _, _} -> ok end.

finish(Status) ->
    flush(),
    erlang:halt(Status).

flush() ->
    written(whereis(logger_std_h_default)),
    wait_for(whereis(brc_log)),
    wait_for(whereis(user)).

%% Returns when the logger's handler has handed on what it was sent before.
written(undefined) ->
    ok;
written(Handler) ->
    Ref = monitor(process, Handler),
    Handler ! {'$gen_call', {self(), Ref}, filesync},
    receive
        {Ref, _} -> ok;
        {'DOWN', Ref, process, _, _} -> ok
    end.

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
