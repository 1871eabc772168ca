%% Starts one conformance program on stock erl the way a native executable starts it: in a process
%% of its own with nothing below it on the stack, main/1 with the plain arguments or else main/0,
%% status 0 when it returns and 1 when it fails.
-module(conform_boot).
-export([start/1, run/2]).

start([Name]) ->
    {Pid, Ref} = spawn_monitor(?MODULE, run, [Name, init:get_plain_arguments()]),
    receive
        {'DOWN', Ref, process, Pid, normal} ->
            halt(0);
        {'DOWN', Ref, process, Pid, Reason} ->
            io:format(standard_error, "~p~n", [Reason]),
            halt(1)
    end.

run(Name, Args) ->
    {module, Name} = code:ensure_loaded(Name),
    case erlang:function_exported(Name, main, 1) of
        true -> Name:main(Args);
        false -> Name:main()
    end.
