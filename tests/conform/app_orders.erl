%% An application as users write it: a store (gen_server), orders (gen_statem) under a dynamic
%% supervisor, an audit (gen_event), its environment; crashes of each kind, restarts, shutdown. What
%% is logged is part of the output.
%% conform: separate reports
-module(app_orders).
-behaviour(application).
-export([main/0, start/2, prep_stop/1, stop/1, init/1, handle_call/3, handle_cast/2, handle_info/2,
         terminate/2, callback_mode/0, open/3, paid/3, handle_event/2, log/2, start_link/1,
         terminate/3, format_status/1]).

main() ->
    ok = logger:remove_handler(default),
    ok = logger:set_primary_config(level, info),
    ok = logger:add_handler(told, ?MODULE, #{}),
    ok = application:load({application, orders,
                           [{vsn, "1.0"}, {modules, [?MODULE]}, {registered, [store, order_sup, audit]},
                            {applications, [kernel, stdlib]},
                            {env, [{limit, 3}, {currency, euro}]}, {mod, {?MODULE, [{boot, now}]}}]}),
    ok = application:set_env(orders, limit, 2),
    say("start", controlled(application:start(orders))),
    say("again", application:start(orders)),
    say("env", [application:get_env(orders, K) || K <- [limit, currency, none]]),
    say("of", application:get_application(whereis(store))),
    say("put", [{gen_server:call(store, {put, K, 1}), gen_event:sync_notify(audit, next)} || K <- [a, b, c]]),
    {ok, One} = supervisor:start_child(order_sup, [7]),
    say("order", [gen_statem:call(One, M) || M <- [state, pay, state]]),
    say("children", [{Id, Type, Ms} || {Id, _, Type, Ms} <- lists:sort(supervisor:which_children(orders_sup))]),
    say("count", lists:sort(supervisor:count_children(order_sup))),
    watched("order fails", One, fun() -> catch gen_statem:call(One, fail) end),
    crash("store fails in call", store, fun() -> catch gen_server:call(store, fail) end),
    crash("store is sent nonsense", store, fun() -> store ! nonsense end),
    crash("store stops", store, fun() -> gen_server:cast(store, {stop, {shutdown, maintenance}}) end),
    crash("store is killed", store, fun() -> exit(whereis(store), kill) end),
    {ok, Two} = supervisor:start_child(order_sup, [8]),
    watched("order ends", Two, fun() -> gen_statem:cast(Two, done) end),
    {ok, Three} = supervisor:start_child(order_sup, [9]),
    watched("order times out", Three, fun() -> gen_statem:cast(Three, soon) end),
    say("bad order", reported(supervisor:start_child(order_sup, [bad]))),
    say("ignored order", supervisor:start_child(order_sup, [ignore])),
    say("handlers", gen_event:which_handlers(audit)),
    ok = gen_event:sync_notify(audit, {fail, now}),
    say("handlers", gen_event:which_handlers(audit)),
    say("add", gen_event:add_handler(audit, {?MODULE, second}, {audit, 2})),
    ok = gen_event:sync_notify(audit, last),
    say("delete", gen_event:delete_handler(audit, {?MODULE, second}, bye)),
    say("orders left", length(supervisor:which_children(order_sup))),
    {ok, _} = supervisor:start_child(order_sup, [10]),
    say("stop", controlled(application:stop(orders))),
    say("gone", [whereis(N) || N <- [orders_sup, store, order_sup, audit]]),
    say("unload", application:unload(orders)).

say(What, Value) -> io:format(user, "~s: ~0p~n", [What, Value]).

crash(What, Name, Do) -> watched(What, whereis(Name), Do), say("back", is_process_alive(whereis(Name))).

watched(What, Pid, Do) ->
    say("--", What),
    Ref = monitor(process, Pid),
    Do(),
    receive {'DOWN', Ref, process, _, Reason} -> forgotten(Pid), say("down", text(io_lib:format("~0p", [Reason]))) end.

%% The supervisors have seen the end, reported it, and started again what they start.
forgotten(Pid) ->
    Known = supervisor:which_children(orders_sup) ++ supervisor:which_children(whereis(order_sup)),
    case lists:keymember(Pid, 2, Known) of
        true -> timer:sleep(1), forgotten(Pid);
        false -> ok
    end.

%% Its report comes behind its answer.
reported(Answer) ->
    case whereis(bad_order) of
        undefined -> Answer;
        _ -> timer:sleep(1), reported(Answer)
    end.

%% What the application controller logs behind its answer.
controlled(Answer) -> application:which_applications(), Answer.

%% The logger's handler: in the process that logs, so that the order is certain.
log(Event, _) ->
    Text = logger_formatter:format(Event, #{template => [level, " ", msg], legacy_header => false,
                                            single_line => false}),
    io:format(user, "~ts~n", [text(Text)]).

%% One line, without what no two systems have alike.
text(Chars) ->
    Line = re:replace(re:replace(Chars, "\\s+", " ", [global]), "#Ref<[\\d.]+>", "REF", [global]),
    re:replace(Line, "(heap_size|stack_size|reductions): \\d+", "\\1: N", [global, {return, binary}]).

%% ---- the application ----

start(normal, Args) ->
    io:format(user, "starting with ~p~n", [Args]),
    {ok, Pid} = supervisor:start_link({local, orders_sup}, ?MODULE, top),
    {ok, Pid, state}.

prep_stop(State) -> io:format(user, "about to stop ~p~n", [State]), prepared.
stop(State) -> io:format(user, "stopped ~p~n", [State]).

start_link({store, Limit}) -> gen_server:start_link({local, store}, ?MODULE, {store, Limit}, []);
start_link(audit) ->
    {ok, Pid} = gen_event:start_link({local, audit}),
    ok = gen_event:add_handler(Pid, ?MODULE, {audit, 1}),
    {ok, Pid};
start_link(N) -> gen_statem:start_link(?MODULE, {order, N}, []).

init(top) ->
    {ok, Limit} = application:get_env(limit),
    {ok, {#{strategy => rest_for_one, intensity => 20, period => 60},
          [#{id => audit, start => {?MODULE, start_link, [audit]}, modules => dynamic},
           #{id => store, start => {?MODULE, start_link, [{store, Limit}]}, shutdown => 1000},
           #{id => order_sup, type => supervisor,
             start => {supervisor, start_link, [{local, order_sup}, ?MODULE, orders]}}]}};
init(orders) ->
    {ok, {#{strategy => simple_one_for_one, intensity => 5, period => 60},
          [#{id => order, start => {?MODULE, start_link, []}, restart => temporary, shutdown => 500}]}};
init({store, Limit}) ->
    process_flag(trap_exit, true),
    {ok, #{limit => Limit, stored => []}};
init({order, bad}) -> register(bad_order, self()), {stop, bad_number};
init({order, ignore}) -> ignore;
init({order, N}) ->
    process_flag(trap_exit, true),
    {ok, open, {order, N}};
init({audit, N}) -> {ok, N}.

%% ---- the store ----

handle_call({put, K, N}, _, #{limit := Limit, stored := Stored} = S) when length(Stored) < Limit ->
    gen_event:notify(audit, {put, K}),
    {reply, ok, S#{stored := [{K, N} | Stored]}};
handle_call({put, _, _}, _, S) -> {reply, full, S};
handle_call(fail, _From, #{stored := Stored}) -> {reply, hd(Stored -- Stored), none}.


handle_cast({stop, Why}, S) -> {stop, Why, S}.
handle_info(timeout, S) -> {noreply, S}.

terminate(Reason, State) when is_map(State) ->
    io:format(user, "store ends: ~s~n", [text(io_lib:format("~0P", [Reason, 12]))]);
terminate(Reason, N) -> io:format(user, "audit ~p ends: ~s~n", [N, text(io_lib:format("~0P", [Reason, 12]))]).

format_status(#{state := State} = Status) when is_map(State) -> Status#{state => maps:remove(limit, State)};
format_status(Status) -> Status.

%% ---- orders ----

callback_mode() -> [state_functions].

open({call, From}, pay, Data) -> {next_state, paid, Data, [{reply, From, thanks}]};
open(cast, soon, Data) -> {keep_state, Data, [{state_timeout, 5, over}]};
open(state_timeout, over, _) -> {stop, {shutdown, too_late}};
open(cast, done, _) -> stop;
open({call, From}, state, Data) -> {keep_state, Data, [{reply, From, open}]}.

paid({call, From}, state, _) -> {keep_state_and_data, [{reply, From, paid}]};
paid({call, _}, fail, {order, N}) -> error({no_such, N}).

terminate(Reason, State, Data) ->
    io:format(user, "order ~p ends ~p: ~s~n", [Data, State, text(io_lib:format("~0P", [Reason, 12]))]).

%% ---- the audit ----

handle_event({fail, _}, N) -> {ok, N + atom};
handle_event(Event, N) -> io:format(user, "audit ~p: ~p~n", [N, Event]), {ok, N}.
