%% A storm of processes that send, link, monitor, spawn, time, suspend, name, exit and kill at random,
%% and hold what they see against what may be seen:
%%   - messages of one sender arrive in the order sent, none is lost, none comes after its end;
%%   - each monitor gives one 'DOWN', none after demonitor with flush; each link at most one 'EXIT',
%%     and only from a process that has been linked (to link again to one whose 'EXIT' waits in the
%%     queue gives noproc besides);
%%   - a cancelled timer sends nothing, any other sends once; an alias that is given up is silent;
%%   - what is sent is what arrives (sums over terms and large binaries);
%%   - at rest, links and monitors are the same seen from both ends, and nobody is left over.
%% storm Seconds [Seed [Workers]]: prints `storm: ok ...`, or what was wrong, with exit status 1.
-module(storm).
-export([main/1, worker/3, child/2]).

-record(w, {boss, id, peers = {}, out = #{}, in = #{}, gone = #{}, links = #{}, linkers = #{}, ended = #{},
            monitors = #{}, off = #{}, timers = #{}, aliases = #{}, steps = 0}).

main(Args) ->
    [Seconds, Seed, Workers] = defaults([list_to_integer(A) || A <- Args], [10, 1, 40]),
    process_flag(trap_exit, true),
    Before = length(processes()),
    Boss = self(),
    Until = erlang:monotonic_time(millisecond) + Seconds * 1000,
    Crew = maps:from_list([start(Boss, Seed, I) || I <- lists:seq(1, Workers)]),
    {Rounds, Dead} = rounds(Crew, Until, Seed, Workers + 1, 0, 0),
    settle(Before, 200),
    io:format("storm: ok, ~p rounds, ~p processes replaced~n", [Rounds > 0, Dead > 0]),
    io:format(standard_error, "~p rounds, ~p processes replaced~n", [Rounds, Dead]).

defaults(Given, Default) -> Given ++ lists:nthtail(length(Given), Default).

settle(Before, 0) -> bad({left_over, Before, length(processes()), [process_info(P) || P <- processes()]});
settle(Before, N) ->
    case length(processes()) > Before of
        true -> timer:sleep(10), settle(Before, N - 1);
        false -> ok
    end.

bad(What) ->
    io:format(standard_error, "storm: ~p~n", [What]),
    halt(1).

start(Boss, Seed, I) ->
    {P, _} = spawn_opt(?MODULE, worker, [Boss, Seed, I], [monitor | options(I rem 4)]),
    {P, I}.

options(0) -> [{priority, low}];
options(1) -> [{priority, high}, {fullsweep_after, 0}];
options(2) -> [{message_queue_data, off_heap}];
options(3) -> [].

%% ---- the boss: replaces who died, brings all to rest now and then ----
rounds(Crew, Until, Seed, Next, Round, Dead) ->
    Peers = list_to_tuple(maps:keys(Crew)),
    [P ! {peers, Peers} || P <- maps:keys(Crew)],
    Pause = erlang:monotonic_time(millisecond) + 150,
    {Crew1, Next1} = replace(Crew, Seed, Next, Pause),
    Crew2 = rest(Crew1),
    Died = Dead + Next1 - Next,
    case erlang:monotonic_time(millisecond) < Until of
        true -> rounds(Crew2, Until, Seed, Next1, Round + 1, Died);
        false ->
            [exit(P, kill) || P <- maps:keys(Crew2)],
            [receive {'DOWN', _, process, P, _} -> ok end || P <- maps:keys(Crew2)],
            {Round + 1, Died}
    end.

replace(Crew, Seed, Next, Pause) ->
    Left = max(0, Pause - erlang:monotonic_time(millisecond)),
    receive
        {'DOWN', _, process, P, Why} when is_map_key(P, Crew) ->
            check_reason(Why),
            {New, I} = start(self(), Seed, Next),
            Crew1 = maps:put(New, I, maps:remove(P, Crew)),
            New ! {peers, list_to_tuple(maps:keys(Crew1))},
            replace(Crew1, Seed, Next + 1, Pause);
        {bad, What} -> bad(What)
    after Left -> {Crew, Next}
    end.

check_reason({bye, _}) -> ok;
check_reason(killed) -> ok;
check_reason(Why) -> bad({died_of, Why}).

%% All stop acting; what is under way arrives; then both ends of each relation must agree.
rest(Crew) ->
    Pids = maps:keys(Crew),
    Ref = make_ref(),
    [P ! {rest, self(), Ref} || P <- Pids],
    Crew1 = lists:foldl(fun(P, C) -> rested(P, Ref, C) end, Crew, Pids),
    consistent(maps:keys(Crew1), 300),
    [P ! {go_on, Ref} || P <- maps:keys(Crew1)],
    Crew1.

rested(P, Ref, Crew) ->
    receive
        {rests, P, Ref} -> Crew;
        {'DOWN', _, process, P, Why} -> check_reason(Why), maps:remove(P, Crew);
        {bad, What} -> bad(What)
    after 60000 -> bad({does_not_rest, P, process_info(P)})
    end.

consistent(Pids, Tries) ->
    Info = [{P, process_info(P, [links, monitors, monitored_by])} || P <- Pids],
    Alive = maps:from_list([{P, I} || {P, I} <- Info, I =/= undefined]),
    Links = [{P, Q} || {P, [{links, L}, _, _]} <- maps:to_list(Alive), Q <- L, is_map_key(Q, Alive)],
    OneSided = [{P, Q} || {P, Q} <- Links, not lists:member(P, links(maps:get(Q, Alive)))],
    Watch = lists:sort([{P, Q} || {P, [_, {monitors, M}, _]} <- maps:to_list(Alive),
                                  {process, Q} <- M, is_map_key(Q, Alive)]),
    Watched = lists:sort([{Q, P} || {P, [_, _, {monitored_by, M}]} <- maps:to_list(Alive),
                                    Q <- M, is_map_key(Q, Alive)]),
    if
        OneSided =:= [], Watch =:= Watched -> ok;
        Tries =:= 0 -> bad({not_the_same_from_both_ends, OneSided, Watch -- Watched, Watched -- Watch});
        true -> timer:sleep(5), consistent(Pids, Tries - 1)
    end.

links([{links, L} | _]) -> L.

%% ---- a worker ----
worker(Boss, Seed, Id) ->
    process_flag(trap_exit, true),
    rand:seed(exsss, {Seed, Id, 7}),
    receive {peers, Peers} -> act(#w{boss = Boss, id = Id, peers = Peers}) end.

act(W0) ->
    W = drain(W0#w{steps = W0#w.steps + 1}),
    act(step(rand:uniform(100), peer(W), W)).

peer(#w{peers = Peers}) -> element(rand:uniform(tuple_size(Peers)), Peers).

step(N, P, W) when N =< 40 -> send(P, W);
step(N, P, W) when N =< 45 -> link_to(P, W);
step(N, _, W) when N =< 48 -> unlink_one(W);
step(N, P, W) when N =< 54 -> monitor_one(P, W);
step(N, _, W) when N =< 58 -> demonitor_one(W);
step(N, _, W) when N =< 64 -> time(W);
step(N, P, W) when N =< 67 -> alias_to(P, W);
step(N, P, W) when N =< 72 -> ask(P, W);
step(N, P, W) when N =< 74, P =/= self() -> suspend(P, W);
step(N, _, W) when N =< 79 -> spawn_some(W);
step(N, _, W) when N =< 82 -> name(W);
step(N, _, W) when N =< 84 -> receive after rand:uniform(2) -> W end;
step(85, _, W) -> leave(W);
step(86, P, W) -> rand:uniform(4) =:= 1 andalso exit(P, kill), W;
step(87, P, W) -> exit(P, normal), W;
step(88, _, W) -> erlang:garbage_collect(), W;
step(89, _, W) -> erlang:yield(), W;
step(_, _, W) -> work(rand:uniform(300)), W.

work(0) -> [];
work(N) -> [{N, integer_to_list(N)} | work(N - 1)].

leave(#w{id = Id} = W) ->
    case rand:uniform(3) of
        1 -> exit({bye, Id});
        _ -> W
    end.

fail(W, What) ->
    W#w.boss ! {bad, {self(), W#w.id, W#w.steps, What}},
    receive after infinity -> ok end.

send(P, W) when P =:= self() -> W;
send(P, #w{out = Out} = W) ->
    N = maps:get(P, Out, 0) + 1,
    Load = load(rand:uniform(60)),
    P ! {m, self(), N, erlang:phash2(Load), Load},
    W#w{out = Out#{P => N}}.

load(1) -> binary:copy(<<"abc">>, 5000);
load(2) -> [binary:copy(<<"x">>, 70), #{a => list_to_tuple(lists:seq(1, 200))}];
load(N) when N < 20 -> lists:seq(1, N);
load(N) when N < 30 -> maps:from_list([{I, {I, <<I>>}} || I <- lists:seq(1, N * 2)]);
load(N) -> {N, self(), make_ref()}.

link_to(P, W) when P =:= self() -> W;
link_to(P, #w{links = Links} = W) ->
    P ! {linking, self()},
    try link(P), W#w{links = Links#{P => true}} catch error:noproc -> W end.

unlink_one(#w{links = Links} = W) when map_size(Links) =:= 0 -> W;
unlink_one(#w{links = Links} = W) ->
    P = hd(maps:keys(Links)),
    unlink(P),
    flush_exits(P),
    W#w{links = maps:remove(P, Links)}.

flush_exits(P) -> receive {'EXIT', P, _} -> flush_exits(P) after 0 -> ok end.

monitor_one(P, #w{monitors = M} = W) ->
    W#w{monitors = M#{monitor(process, P) => P}}.

demonitor_one(#w{monitors = M} = W) when map_size(M) =:= 0 -> W;
demonitor_one(#w{monitors = M, off = Off} = W) ->
    Ref = hd(maps:keys(M)),
    demonitor(Ref, [flush]),
    W#w{monitors = maps:remove(Ref, M), off = Off#{Ref => true}}.

time(#w{timers = T} = W) when map_size(T) < 10 ->
    Ref = erlang:start_timer(rand:uniform(20), self(), tick),
    W#w{timers = T#{Ref => on}};
time(#w{timers = T} = W) ->
    Ref = hd(maps:keys(T)),
    case erlang:cancel_timer(Ref) of
        false -> receive {timeout, Ref, tick} -> ok after 5000 -> fail(W, {no_timeout, Ref}) end;
        Left when Left >= 0 -> ok
    end,
    W#w{timers = maps:remove(Ref, T)}.

alias_to(P, #w{aliases = A} = W) ->
    Alias = alias(),
    P ! {use_alias, Alias},
    case map_size(A) > 5 of
        true ->
            Old = hd(maps:keys(A)),
            unalias(Old),
            flush_alias(Old),
            W#w{aliases = (maps:remove(Old, A))#{Alias => true}};
        false -> W#w{aliases = A#{Alias => true}}
    end.

flush_alias(A) -> receive {via, A} -> flush_alias(A) after 0 -> ok end.

ask(P, W) ->
    case rand:uniform(5) of
        1 -> check_info(W, process_info(P, [links, message_queue_len, status, current_function]));
        2 -> is_process_alive(P);
        3 -> erlang:garbage_collect(P);
        4 -> process_info(P, messages);
        5 -> P =:= self() orelse catch group_leader(group_leader(), P)
    end,
    W.

check_info(_, undefined) -> ok;
check_info(_, [{links, L}, {message_queue_len, N}, {status, _}, {current_function, _}])
  when is_list(L), N >= 0 -> ok;
check_info(W, Other) -> fail(W, {info, Other}).

suspend(P, W) ->
    case catch erlang:suspend_process(P) of
        true -> catch erlang:resume_process(P);
        _ -> ok
    end,
    W.

spawn_some(#w{boss = Boss} = W) ->
    {P, M} = case rand:uniform(3) of
        1 -> spawn_monitor(?MODULE, child, [Boss, rand:uniform(20)]);
        2 -> spawn_opt(?MODULE, child, [Boss, rand:uniform(20)], [link, monitor]);
        3 -> spawn_opt(fun() -> child(Boss, rand:uniform(5)) end, [monitor, {min_heap_size, 1000}])
    end,
    receive
        {'DOWN', M, process, P, {done, N}} when N >= 0 -> ok;
        {'DOWN', M, process, P, killed} -> ok;
        {'DOWN', M, process, P, Why} -> fail(W, {child, Why})
    end,
    receive {'EXIT', P, _} -> ok after 0 -> ok end,
    W#w{linkers = (W#w.linkers)#{P => true}}.

child(Boss, N) ->
    Sum = lists:sum([length(work(I)) || I <- lists:seq(1, N)]),
    Sum =:= N * (N + 1) div 2 orelse (Boss ! {bad, {sum, N, Sum}}),
    exit({done, N}).

name(W) ->
    Name = element(rand:uniform(4), {storm_a, storm_b, storm_c, storm_d}),
    case catch register(Name, self()) of
        true ->
            whereis(Name) =:= self() orelse fail(W, {not_mine, Name, whereis(Name)}),
            catch register(storm_e, self()) =:= true andalso fail(W, two_names),
            unregister(Name);
        _ -> catch (Name ! {named, self()})
    end,
    W.

%% ---- what arrives ----
drain(W) ->
    receive
        Message -> drain(take(Message, W))
    after 0 -> W
    end.

take({peers, Peers}, W) -> W#w{peers = Peers};
take({m, P, N, Hash, Load}, #w{in = In, gone = Gone} = W) ->
    is_map_key(P, Gone) andalso fail(W, {after_its_end, P, N, maps:get(P, Gone)}),
    N =:= maps:get(P, In, 0) + 1 orelse fail(W, {order, P, N, maps:get(P, In, 0)}),
    Hash =:= erlang:phash2(Load) orelse fail(W, {content, P, N}),
    W#w{in = In#{P => N}};
take({linking, P}, #w{linkers = L} = W) -> W#w{linkers = L#{P => true}};
take({'EXIT', _, normal}, W) -> W; % somebody's exit(Pid, normal)
take({'EXIT', P, Why}, #w{links = Links, linkers = L, ended = Ended, gone = Gone} = W) ->
    W1 = W#w{links = maps:remove(P, Links), ended = Ended#{P => true}},
    case is_map_key(P, Links) orelse is_map_key(P, L) of
        true when Why =:= noproc -> W1;
        true -> W1#w{gone = Gone#{P => Why}};
        false when Why =:= noproc, is_map_key(P, Ended) -> W1;
        false -> fail(W, {exit_of_a_stranger, P, Why})
    end;
take({'DOWN', Ref, process, P, Why}, #w{monitors = M, off = Off, gone = Gone} = W) ->
    is_map_key(Ref, Off) andalso fail(W, {down_after_demonitor, Ref, P}),
    maps:get(Ref, M, none) =:= P orelse fail(W, {down_unasked, Ref, P}),
    Gone1 = case Why of noproc -> Gone; _ -> Gone#{P => Why} end,
    W#w{monitors = maps:remove(Ref, M), gone = Gone1};
take({timeout, Ref, tick}, #w{timers = T} = W) ->
    maps:get(Ref, T, off) =:= on orelse fail(W, {timeout_unasked, Ref}),
    W#w{timers = maps:remove(Ref, T)};
take({use_alias, A}, W) -> A ! {via, A}, W;
take({via, A}, #w{aliases = As} = W) ->
    is_map_key(A, As) orelse fail(W, {alias_given_up, A}),
    W;
take({named, _}, W) -> W;
take({rest, Boss, Ref}, W) ->
    W1 = wait_for_timers(W),
    Boss ! {rests, self(), Ref},
    resting(Ref, W1);
take(Other, W) -> fail(W, {unknown, Other}).

wait_for_timers(W) ->
    maps:foreach(fun(Ref, on) ->
        receive {timeout, Ref, tick} -> ok after 5000 -> fail(W, {lost_timeout, Ref}) end
    end, W#w.timers),
    W#w{timers = #{}}.

resting(Ref, W) ->
    receive
        {go_on, Ref} -> W;
        {rest, _, _} = Other -> fail(W, {twice, Other});
        Message -> resting(Ref, take(Message, W))
    end.
