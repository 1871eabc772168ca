%% global: in place of OTP's: global names and locks of a node that is not connected to others. The
%% server starts with the program where that reaches what needs it (roots.txt); the rest does without.
-module(global).
-behaviour(gen_server).
-export([start/0, start_link/0, stop/0, sync/0, info/0, disconnect/0,
         whereis_name/1, send/2, registered_names/0,
         register_name/2, register_name/3, register_name_external/2, register_name_external/3,
         re_register_name/2, re_register_name/3, unregister_name/1, unregister_name_external/1,
         set_lock/1, set_lock/2, set_lock/3, del_lock/1, del_lock/2,
         trans/2, trans/3, trans/4,
         random_exit_name/3, random_notify_name/3, notify_all_name/3]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2]).

-define(NAMES, global_names).

start() -> gen_server:start({local, global_name_server}, ?MODULE, [], []).
start_link() -> gen_server:start_link({local, global_name_server}, ?MODULE, [], []).
stop() -> gen_server:stop(global_name_server).
sync() -> ok.
info() -> gen_server:call(global_name_server, info, infinity).
disconnect() -> [].

%% ---- names ----

whereis_name(Name) ->
    case ets:whereis(?NAMES) of
        undefined ->
            undefined;
        Table ->
            case ets:lookup(Table, Name) of
                [{_, Pid, _}] -> alive(Pid);
                [] -> undefined
            end
    end.

alive(Pid) ->
    case is_process_alive(Pid) of
        true -> Pid;
        false -> undefined
    end.

send(Name, Message) ->
    case whereis_name(Name) of
        undefined -> exit({badarg, {Name, Message}});
        Pid -> Pid ! Message, Pid
    end.

registered_names() ->
    case ets:whereis(?NAMES) of
        undefined -> [];
        Table -> [Name || {Name, _, _} <- ets:tab2list(Table)]
    end.

register_name(Name, Pid) -> register_name(Name, Pid, fun random_exit_name/3).
register_name(Name, Pid, Resolve) when is_pid(Pid), is_function(Resolve, 3); is_tuple(Resolve) ->
    gen_server:call(global_name_server, {register, Name, Pid}, infinity).
register_name_external(Name, Pid) -> register_name(Name, Pid).
register_name_external(Name, Pid, Resolve) -> register_name(Name, Pid, Resolve).

re_register_name(Name, Pid) -> re_register_name(Name, Pid, fun random_exit_name/3).
re_register_name(Name, Pid, Resolve) when is_pid(Pid), is_function(Resolve, 3); is_tuple(Resolve) ->
    gen_server:call(global_name_server, {register_again, Name, Pid}, infinity).

unregister_name(Name) ->
    case ets:whereis(?NAMES) of
        undefined -> ok;
        _ -> gen_server:call(global_name_server, {unregister, Name}, infinity)
    end.
unregister_name_external(Name) -> unregister_name(Name).

%% Two nodes that meet with one name do not happen here; these are for who calls them.
random_exit_name(Name, Pid1, Pid2) ->
    {Min, Max} = {min(Pid1, Pid2), max(Pid1, Pid2)},
    logger:log(notice, "global: Name conflict terminating ~tw~n", [{Name, Max}]),
    exit(Max, kill),
    Min.
random_notify_name(Name, Pid1, Pid2) ->
    {Min, Max} = {min(Pid1, Pid2), max(Pid1, Pid2)},
    Max ! {global_name_conflict, Name, Min},
    Min.
notify_all_name(Name, Pid1, Pid2) ->
    Pid1 ! {global_name_conflict, Name, Pid2},
    Pid2 ! {global_name_conflict, Name, Pid1},
    none.

%% ---- locks: {Resource, Requester} ----

set_lock(Id) -> set_lock(Id, [node()]).
set_lock(Id, Nodes) -> set_lock(Id, Nodes, infinity).
set_lock({_, _} = Id, Nodes, Retries) when is_list(Nodes), Retries >= 0 ->
    set_lock(Id, Nodes, Retries, 1).

set_lock(Id, Nodes, Retries, Times) ->
    case lists:member(node(), Nodes) andalso
             gen_server:call(global_name_server, {set_lock, Id, self()}, infinity) of
        true ->
            true;
        false when Retries =:= 0 ->
            false;
        false ->
            timer:sleep(rand:uniform(min(8, Times) * 10)),
            set_lock(Id, Nodes, one_less(Retries), Times + 1)
    end.

one_less(infinity) -> infinity;
one_less(N) -> N - 1.

del_lock(Id) -> del_lock(Id, [node()]).
del_lock({_, _} = Id, _Nodes) ->
    _ = gen_server:call(global_name_server, {del_lock, Id, self()}, infinity),
    true.

trans(Id, Fun) -> trans(Id, Fun, [node()]).
trans(Id, Fun, Nodes) -> trans(Id, Fun, Nodes, infinity).
trans(Id, Fun, Nodes, Retries) ->
    case set_lock(Id, Nodes, Retries) of
        true ->
            try Fun()
            after del_lock(Id, Nodes)
            end;
        false ->
            aborted
    end.

%% ---- the server: names in the table, locks as Resource => {Requester, [{Pid, Monitor}]} ----

init([]) ->
    _ = ets:new(?NAMES, [named_table, protected, {read_concurrency, true}]),
    {ok, #{}}.

handle_call({register, Name, Pid}, _, Locks) ->
    case whereis_name(Name) of
        undefined -> {reply, insert(Name, Pid), Locks};
        _ -> {reply, no, Locks}
    end;
handle_call({register_again, Name, Pid}, _, Locks) ->
    {reply, insert(Name, Pid), Locks};
handle_call({unregister, Name}, _, Locks) ->
    delete(Name),
    {reply, ok, Locks};
handle_call({set_lock, {Resource, Requester}, Pid}, _, Locks) ->
    case Locks of
        #{Resource := {Requester, Pids}} ->
            {reply, true, Locks#{Resource := {Requester, [held(Pid) | Pids]}}};
        #{Resource := _} ->
            {reply, false, Locks};
        #{} ->
            {reply, true, Locks#{Resource => {Requester, [held(Pid)]}}}
    end;
handle_call({del_lock, {Resource, Requester}, Pid}, _, Locks) ->
    case Locks of
        #{Resource := {Requester, Pids}} -> {reply, true, release(Resource, Requester, Pid, Pids, Locks)};
        #{} -> {reply, true, Locks}
    end;
handle_call(info, _, Locks) ->
    {reply, {state, Locks, registered_names()}, Locks}.

handle_cast(_, Locks) -> {noreply, Locks}.

handle_info({'DOWN', Ref, process, Pid, _}, Locks) ->
    [delete(Name) || {Name, P, R} <- ets:tab2list(?NAMES), P =:= Pid, R =:= Ref],
    Free = fun(Resource, {Requester, Pids}, Acc) ->
               case [Held || {_, R} = Held <- Pids, R =/= Ref] of
                   [] -> Acc;
                   Left -> Acc#{Resource => {Requester, Left}}
               end
           end,
    {noreply, maps:fold(Free, #{}, Locks)};
handle_info(_, Locks) ->
    {noreply, Locks}.

insert(Name, Pid) ->
    delete(Name),
    true = ets:insert(?NAMES, {Name, Pid, monitor(process, Pid)}),
    yes.

delete(Name) ->
    case ets:lookup(?NAMES, Name) of
        [{_, _, Ref}] ->
            demonitor(Ref, [flush]),
            ets:delete(?NAMES, Name);
        [] ->
            true
    end.

held(Pid) -> {Pid, monitor(process, Pid)}.

release(Resource, Requester, Pid, Pids, Locks) ->
    case lists:keytake(Pid, 1, Pids) of
        {value, {_, Ref}, Left} ->
            demonitor(Ref, [flush]),
            case Left of
                [] -> maps:remove(Resource, Locks);
                _ -> Locks#{Resource := {Requester, Left}}
            end;
        false ->
            Locks
    end.
