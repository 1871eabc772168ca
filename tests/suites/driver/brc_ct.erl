%% brc_ct: runs one suite as Common Test would, one case at a time, and says so on standard error:
%%
%%   @@ run N CASE      the N-th case begins
%%   @@ end N CASE RESULT
%%   @@ done
%%
%% RESULT is `ok`, `failed Reason`, `skipped Reason` or `timeout`. Cases are counted from 0, also
%% those that are left out because the suite was to start after them.
%%
%% Each case is a process of its own, with init_per_testcase and end_per_testcase in it, watched
%% by the suite's process, which is registered as brc_ct.
-module(brc_ct).
-export([main/1, timetrap/1, milliseconds/1]).

-record(state, {suite, from, limit, wanted, count = 0, failed = false}).

%% [Suite, DataDir, PrivDir, Limit, From | Cases]: Limit is in milliseconds; the first From cases
%% are passed over; of Cases only those run, all where none is named.
main([Suite, DataDir, PrivDir, Limit, From | Cases]) ->
    register(brc_ct, self()),
    group_leader(brc_ct_io:start(), self()),
    State = #state{suite = list_to_atom(Suite), from = list_to_integer(From),
                   limit = list_to_integer(Limit), wanted = [list_to_atom(C) || C <- Cases]},
    suite(State, [{data_dir, DataDir}, {priv_dir, PrivDir}]),
    say("@@ done"),
    erlang:halt(0).

timetrap(Time) ->
    brc_ct ! {timetrap, self(), milliseconds(Time)},
    ok.

milliseconds({hours, N}) -> round(N * 3600000);
milliseconds({minutes, N}) -> round(N * 60000);
milliseconds({seconds, N}) -> round(N * 1000);
milliseconds(infinity) -> infinity;
milliseconds(N) when is_integer(N) -> N;
milliseconds(_) -> infinity.

%% ---- the suite ----

suite(#state{suite = Suite} = State, Config) ->
    case guarded(State, fun() -> {value, {info(Suite, suite), Suite:all(), groups(Suite)}} end) of
        {ok, {Info, All, Groups}} ->
            Limited = limit(State, Info),
            case configure(Limited, init_per_suite, [Config]) of
                {ok, Config1} ->
                    All1 = case All of {skip, _} = Skip -> [Skip]; _ -> All end,
                    tests(Limited, All1, Groups, Config1, run),
                    close(Limited, end_per_suite, [Config1]);
                {skipped, Reason} ->
                    tests(Limited, All, Groups, Config, {skip, Reason})
            end;
        Other ->
            say(["@@ end 0 all ", result(Other)])
    end.

groups(Suite) -> optional(Suite, groups, [], []).

info(Suite, Function) -> optional(Suite, Function, [], []).

optional(Suite, Function, Args, Default) ->
    case lists:member({Function, length(Args)}, Suite:module_info(exports)) of
        true -> apply(Suite, Function, Args);
        false -> Default
    end.

%% The lesser of the limit and what an info function names.
limit(#state{limit = Limit} = State, Info) when is_list(Info) ->
    case lists:keyfind(timetrap, 1, Info) of
        {_, Time} -> State#state{limit = min(Limit, milliseconds(Time))};
        false -> State
    end;
limit(State, _) ->
    State.

%% ---- groups ----

%% Runs, or passes over, what all/0 or a group lists; gives the state with its counts.
tests(State, [], _, _, _) ->
    State;
tests(State, [{skip, _} | Rest], Groups, Config, Do) ->
    tests(State, Rest, Groups, Config, Do);
tests(State, [Test | Rest], Groups, Config, Do) ->
    case Test of
        {group, Name} -> After = named(State, Name, [], Groups, Config, Do);
        {group, Name, Props} -> After = named(State, Name, props(Props), Groups, Config, Do);
        {group, Name, Props, _} -> After = named(State, Name, props(Props), Groups, Config, Do);
        {testcase, Case, _} -> After = single(State, Case, Config, Do);
        Case when is_atom(Case) -> After = single(State, Case, Config, Do);
        {Name, Props, Tests} -> After = group(State, {Name, Props, Tests}, Groups, Config, Do);
        {Name, Tests} -> After = group(State, {Name, [], Tests}, Groups, Config, Do)
    end,
    tests(After, Rest, Groups, Config, Do).

props(default) -> [];
props(Props) -> Props.

named(State, Name, Props, Groups, Config, Do) ->
    case lists:keyfind(Name, 1, Groups) of
        {_, Own, Tests} -> group(State, {Name, Props ++ Own, Tests}, Groups, Config, Do);
        {_, Tests} -> group(State, {Name, Props, Tests}, Groups, Config, Do);
        false -> State
    end.

group(State, {Name, Props, Tests}, Groups, Config, Do) ->
    repeated(State, times(Props), {Name, Props, Tests}, Groups, Config, Do).

times([{repeat, N} | _]) -> N;
times([_ | Props]) -> times(Props);
times([]) -> 1.

repeated(State, 0, _, _, _, _) ->
    State;
repeated(State, N, Group, Groups, Config, Do) ->
    repeated(once(State, Group, Groups, Config, Do), N - 1, Group, Groups, Config, Do).

once(State, {_, _, Tests}, Groups, Config, {skip, _} = Do) ->
    tests(State, Tests, Groups, Config, Do);
once(#state{suite = Suite, limit = Limit} = State, {Name, Props, Tests}, Groups, Config, run) ->
    Limited = limit(State, optional(Suite, group, [Name], [])),
    Properties = {tc_group_properties, [{name, Name} | Props]},
    After = case configure(Limited, init_per_group, [Name, [Properties | Config]]) of
                {ok, Config1} ->
                    Ran = case lists:member(sequence, Props) of
                              true -> sequence(Limited, Tests, Groups, Config1);
                              false -> tests(Limited, Tests, Groups, Config1, run)
                          end,
                    close(Limited, end_per_group, [Name, Config1]),
                    Ran;
                {skipped, Reason} ->
                    tests(Limited, Tests, Groups, Config, {skip, Reason})
            end,
    After#state{limit = Limit}.

%% One after the other until one fails; the rest is skipped.
sequence(State, [], _, _) ->
    State;
sequence(State, [Test | Rest], Groups, Config) ->
    case tests(State#state{failed = false}, [Test], Groups, Config, run) of
        #state{failed = true} = After ->
            tests(After, Rest, Groups, Config, {skip, {sequence_failed, Test}});
        After ->
            sequence(After, Rest, Groups, Config)
    end.

%% init_per_suite and init_per_group give a new configuration, or a reason to skip.
configure(#state{suite = Suite} = State, Function, Args) ->
    Config = lists:last(Args),
    case guarded(State, fun() -> {value, optional(Suite, Function, Args, Config)} end) of
        {ok, Config1} when is_list(Config1) -> {ok, Config1};
        {ok, {skip_and_save, Reason, _}} -> {skipped, Reason};
        {ok, {_, Reason}} -> {skipped, Reason};
        {ok, Other} -> {skipped, {Function, Other}};
        {skipped, Reason} -> {skipped, Reason};
        Other -> {skipped, {Function, Other}}
    end.

close(#state{suite = Suite} = State, Function, Args) ->
    guarded(State, fun() -> {value, optional(Suite, Function, Args, ok)} end).

%% ---- one case ----

single(#state{count = N, from = From} = State, _, _, _) when N < From ->
    State#state{count = N + 1};
single(#state{wanted = Wanted, count = N} = State, Case, Config, Do) ->
    case Wanted =:= [] orelse lists:member(Case, Wanted) of
        true ->
            say(io_lib:format("@@ run ~w ~ts", [N, Case])),
            Result = case Do of
                         run -> run(State, Case, Config);
                         {skip, Reason} -> {skipped, Reason}
                     end,
            say([io_lib:format("@@ end ~w ~ts ", [N, Case]), result(Result)]),
            settle(100),
            State#state{count = N + 1, failed = is_bad(Result)};
        false ->
            State#state{count = N + 1}
    end.

%% Processes that a case has told to end have mostly done so before the next one begins, as Common
%% Test takes its time, too: many suites give their servers the same names.
settle(0) -> ok;
settle(N) ->
    timer:sleep(10),
    case erlang:statistics(total_active_tasks) of
        Active when Active > 1 -> settle(N - 1);
        _ -> ok
    end.

is_bad({failed, _}) -> true;
is_bad(timeout) -> true;
is_bad(_) -> false.

run(#state{suite = Suite} = State, Case, Config) ->
    Info = try optional(Suite, Case, [], []) catch _:_ -> [] end,
    guarded(limit(State, Info), fun() -> phases(Suite, Case, Config) end).

%% In the case's process: init_per_testcase, the case, end_per_testcase.
phases(Suite, Case, Config) ->
    try optional(Suite, init_per_testcase, [Case, Config], Config) of
        Config1 when is_list(Config1) ->
            Result = attempt(Suite, Case, Config1),
            finish(Suite, Case, [{tc_status, status(Result)} | Config1], Result);
        {skip, Reason} -> {skipped, Reason};
        {fail, Reason} -> {failed, Reason};
        Other -> {skipped, {init_per_testcase, Other}}
    catch
        _:{skip, Reason} -> {skipped, Reason};
        C:R:S -> {skipped, {init_per_testcase, {C, R, S}}}
    end.

attempt(Suite, Case, Config) ->
    try Suite:Case(Config) of
        {skip, Reason} -> {skipped, Reason};
        {skipped, Reason} -> {skipped, Reason};
        {skip_and_save, Reason, _} -> {skipped, Reason};
        {fail, Reason} -> {failed, Reason};
        {failed, Reason} -> {failed, Reason};
        {'EXIT', Reason} -> {failed, Reason};
        _ -> passed
    catch
        throw:{skip, Reason} -> {skipped, Reason};
        exit:{skip, Reason} -> {skipped, Reason};
        exit:{test_case_failed, Reason} -> {failed, Reason};
        C:R:S -> {failed, {C, R, S}}
    end.

status(passed) -> ok;
status(Other) -> Other.

finish(Suite, Case, Config, Result) ->
    try optional(Suite, end_per_testcase, [Case, Config], ok) of
        {fail, Reason} when Result =:= passed -> {failed, Reason};
        _ -> Result
    catch
        _:_ -> Result
    end.

%% ---- watching ----

%% Runs F in a process of its own: {ok, V} where it gives {value, V}, ok for passed; {failed, R},
%% {skipped, R}; {failed, R} where the process dies, timeout where it takes too long.
guarded(#state{limit = Limit}, F) ->
    Self = self(),
    {Pid, Ref} = spawn_monitor(fun() -> Self ! {result, self(), F()} end),
    Until = until(Limit),
    Result = watch(Pid, Ref, Until, Until),
    demonitor(Ref, [flush]),
    Result.

watch(Pid, Ref, Until, Last) ->
    receive
        {result, Pid, {value, Value}} -> {ok, Value};
        {result, Pid, passed} -> ok;
        {result, Pid, Result} -> Result;
        {timetrap, _, Time} -> watch(Pid, Ref, min(Last, until(Time)), Last);
        {'DOWN', Ref, process, Pid, {skip, Reason}} -> {skipped, Reason};
        {'DOWN', Ref, process, Pid, Reason} -> {failed, {died, Reason}}
    after max(0, Until - now_ms()) ->
        exit(Pid, kill),
        receive {'DOWN', Ref, process, Pid, _} -> timeout end
    end.

until(infinity) -> now_ms() + 86400000;
until(Time) -> now_ms() + Time.

now_ms() -> erlang:monotonic_time(millisecond).

%% ---- printing ----

result(ok) -> "ok";
result(timeout) -> "timeout";
result({failed, Reason}) -> ["failed ", reason(Reason)];
result({skipped, Reason}) -> ["skipped ", reason(Reason)].

reason(Reason) ->
    Text = lists:flatten(io_lib:format("~0P", [Reason, 40])),
    [case C of $\n -> $\s; _ when C < 127 -> C; _ -> $? end || C <- lists:sublist(Text, 1500)].

say(Text) ->
    io:put_chars(standard_error, ["\n", Text, "\n"]).
