-module(brc_nif).
-export([enter/3]).

%% The first call of a module with an on_load function: that is called first, in a process of its
%% own, and the call goes on, or finds no such function.

enter(M, F, A) ->
    case load(M) of
        ok -> apply(M, F, A);
        failed -> undefined(M, F, A)
    end.

load(M) ->
    {_, Ref} = spawn_monitor(fun() -> exit({?MODULE, run(M)}) end),
    receive
        {'DOWN', Ref, process, _, {?MODULE, {busy, Pid}}} ->
            Other = monitor(process, Pid),
            receive {'DOWN', Other, process, _, _} -> load(M) end;
        {'DOWN', Ref, process, _, {?MODULE, Result}} -> Result;
        {'DOWN', Ref, process, _, Reason} ->
            report(M, Reason),
            failed
    end.

run(M) ->
    case brc_native:on_load_begin(M) of
        true -> call(M);
        false -> ok;
        Pid -> {busy, Pid}
    end.

call(M) ->
    Result = try brc_native:on_load_call(M) catch Class:Reason:Trace -> {'EXIT', Class, Reason, Trace} end,
    brc_native:on_load_end(M, Result =:= ok),
    case Result of
        ok -> ok;
        {'EXIT', error, Reason1, Trace1} -> report(M, {Reason1, Trace1}), failed;
        {'EXIT', throw, Reason1, Trace1} -> report(M, {{nocatch, Reason1}, Trace1}), failed;
        {'EXIT', exit, Reason1, _} -> report(M, Reason1), failed;
        _ -> report(M, Result), failed
    end.

report(M, Result) ->
    error_logger:warning_msg("The on_load function for module ~s returned:~n~P\n", [M, Result, 10]).

undefined(M, F, A) ->
    {current_stacktrace, Stack} = process_info(self(), current_stacktrace),
    erlang:raise(error, undef, [{M, F, A, []} | [S || S <- Stack, element(1, S) =/= ?MODULE]]).
