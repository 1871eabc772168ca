%% What tables leave behind is freed in turns of who ends them: a deletion, delete_all_objects of a
%% fixed table, the end of an owner. Others see at once that the objects are gone.
-module(ets_leave).
-export([main/0]).

main() ->
    io:format("~p~n", [[deleted(Type, Fix) || Type <- [set, ordered_set, bag], Fix <- [false, true]]]),
    io:format("~p~n", [[emptied(Type, Fix) || Type <- [set, ordered_set], Fix <- [false, true]]]),
    io:format("~p~n", [[ended(Options, N) || Options <- [[], [ordered_set]], N <- [1, 3]]]),
    io:format("~p~n", [ended_with_fixes()]),
    io:format("~p~n", [inherited()]),
    io:format("~p~n", [many_tables()]),
    io:format("~p~n", [reason_of_persistent_term()]).

fill(T, N) ->
    Large = binary:copy(<<"x">>, 100),
    ets:insert(T, [{I, Large} || I <- lists:seq(1, 100)]),
    ets:insert(T, [{I, I} || I <- lists:seq(101, N)]).

fixed(_, false) -> ok;
fixed(T, true) ->
    ets:safe_fixtable(T, true),
    [ets:delete(T, I) || I <- lists:seq(1, 50000)],
    ok.

deleted(Type, Fix) ->
    T = ets:new(large, [Type, named_table, public]),
    fill(T, 200000),
    fixed(T, Fix),
    true = ets:delete(T),
    T = ets:new(large, [named_table]),
    [] = ets:tab2list(T),
    ets:delete(T),
    ets:info(T).

emptied(Type, Fix) ->
    T = ets:new(large, [Type, public]),
    fill(T, 200000),
    Fix andalso ets:safe_fixtable(T, true),
    true = ets:delete_all_objects(T),
    {0, '$end_of_table'} = {ets:info(T, size), ets:first(T)},
    Fix andalso ets:safe_fixtable(T, false),
    ets:insert(T, {1, again}),
    [{1, again}] = ets:tab2list(T),
    ets:delete(T).

owner(Options, N, Size) ->
    Self = self(),
    Pid = spawn(fun() ->
                        [fill(ets:new(owned, Options), Size) || _ <- lists:seq(1, N)],
                        Self ! {self(), ets:all()},
                        receive stop -> exit(stopped) end
                end),
    receive {Pid, All} -> {Pid, [T || T <- All, ets:info(T, owner) =:= Pid]} end.

ended(Options, N) ->
    {Pid, Tables} = owner(Options, N, 200000),
    process_flag(trap_exit, true),
    link(Pid),
    Ref = monitor(process, Pid),
    Pid ! stop,
    Reason = receive {'DOWN', Ref, _, _, R} -> R end,
    receive {'EXIT', Pid, Reason} -> ok end,
    {[T || T <- Tables, ets:info(T) =/= undefined], Reason}.

ended_with_fixes() ->
    T = ets:new(fixed, [public]),
    fill(T, 100000),
    {Pid, Ref} = spawn_monitor(fun() ->
                                       ets:safe_fixtable(T, true),
                                       ets:safe_fixtable(T, true),
                                       ets:match_delete(T, '_'),
                                       receive stop -> ok end
                               end),
    wait(fun() -> ets:info(T, size) =:= 0 end),
    true = ets:info(T, fixed),
    Pid ! stop,
    receive {'DOWN', Ref, _, _, normal} -> ok end,
    R = {ets:info(T, fixed), ets:info(T, size), ets:first(T)},
    ets:delete(T),
    R.

wait(F) -> F() orelse begin timer:sleep(1), wait(F) end.

inherited() ->
    Self = self(),
    Pid = spawn(fun() ->
                        T = ets:new(heirloom, [{heir, Self, [gift]}]),
                        fill(T, 100000),
                        fill(ets:new(other, []), 100000)
                end),
    receive {'ETS-TRANSFER', T, Pid, [gift]} -> {ets:info(T, size), ets:delete(T)} end.

many_tables() ->
    Names = [list_to_atom("t" ++ integer_to_list(I)) || I <- lists:seq(1, 1000)],
    {Pid, Ref} = spawn_monitor(fun() ->
                                       [ets:new(Name, [named_table]) || Name <- Names],
                                       receive stop -> exit(stopped) end
                               end),
    wait(fun() -> ets:whereis(lists:last(Names)) =/= undefined end),
    Pid ! stop,
    receive {'DOWN', Ref, _, _, Reason} -> ok end,
    [Name = ets:new(Name, [named_table]) || Name <- Names],
    [ets:delete(Name) || Name <- Names],
    {Reason, length(Names)}.

%% The reason is a persistent term that goes while its process does.
reason_of_persistent_term() ->
    persistent_term:put(reason, {why, lists:seq(1, 5), <<"because">>}),
    {Pid, Ref} = spawn_monitor(fun() ->
                                       fill(ets:new(owned, []), 300000),
                                       receive stop -> exit(persistent_term:get(reason)) end
                               end),
    Pid ! stop,
    wait(fun() -> not is_process_alive(Pid) end),
    persistent_term:erase(reason),
    receive {'DOWN', Ref, _, _, Reason} -> Reason end.
