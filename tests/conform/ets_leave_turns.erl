%% Who ends a table takes several turns for a large one: a deletion, delete_all_objects, the end of an
%% owner. Not where there are no slices (the asan variant).
%% conform: no-stress
-module(ets_leave_turns).
-export([main/0]).

main() ->
    io:format("~p~n", [[deleted(Type, Fix) || Type <- [set, ordered_set, bag], Fix <- [false, true]]]),
    io:format("~p~n", [[emptied(Type, Fix) || Type <- [set, ordered_set], Fix <- [false, true]]]),
    io:format("~p~n", [[ended(Options, N) || Options <- [[], [ordered_set]], N <- [1, 3]]]).

fill(T, N) ->
    Large = binary:copy(<<"x">>, 100),
    ets:insert(T, [{I, Large} || I <- lists:seq(1, 100)]),
    ets:insert(T, [{I, I} || I <- lists:seq(101, N)]).

fixed(_, false) -> ok;
fixed(T, true) ->
    ets:safe_fixtable(T, true),
    [ets:delete(T, I) || I <- lists:seq(1, 50000)],
    ok.

%% How often a built-in of ets gave way.
in_turns(F) ->
    Self = self(),
    Tracer = spawn_link(fun() -> count(0) end),
    erlang:trace(Self, true, [running, {tracer, Tracer}]),
    F(),
    erlang:trace(Self, false, [running]),
    Done = erlang:trace_delivered(Self),
    receive {trace_delivered, _, Done} -> ok end,
    Tracer ! {count, self()},
    receive {turns, N} -> N end.

count(N) ->
    receive
        {trace, _, out, {ets, _, _}} -> count(N + 1);
        {count, From} -> From ! {turns, N};
        _ -> count(N)
    end.

deleted(Type, Fix) ->
    T = ets:new(large, [Type, public]),
    fill(T, 200000),
    fixed(T, Fix),
    in_turns(fun() -> true = ets:delete(T) end) >= 2.

emptied(Type, Fix) ->
    T = ets:new(large, [Type, public]),
    fill(T, 200000),
    Fix andalso ets:safe_fixtable(T, true),
    Turns = in_turns(fun() -> true = ets:delete_all_objects(T) end),
    ets:delete(T),
    Turns >= 1.

owner(Options, N, Size) ->
    Self = self(),
    Pid = spawn(fun() ->
                        [fill(ets:new(owned, Options), Size) || _ <- lists:seq(1, N)],
                        Self ! {self(), ets:all()},
                        receive stop -> exit(stopped) end
                end),
    receive {Pid, All} -> {Pid, [T || T <- All, ets:info(T, owner) =:= Pid]} end.

ended(Options, N) ->
    {Pid, _} = owner(Options, N, 200000),
    Ref = monitor(process, Pid),
    erlang:trace(Pid, true, [exiting]),
    Pid ! stop,
    receive {'DOWN', Ref, _, _, stopped} -> ok end,
    exit_turns(Pid, 0) >= N.

exit_turns(Pid, N) ->
    receive
        {trace, Pid, in_exiting, 0} -> exit_turns(Pid, N);
        {trace, Pid, out_exiting, 0} -> exit_turns(Pid, N + 1);
        {trace, Pid, out_exited, 0} -> N
    end.
