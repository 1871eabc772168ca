%% Supervisors of supervisors: restarts of each strategy, intensities that are reached, escalation to
%% the top, whose application ends; significant children; children that do not start or end.
%% conform: separate reports
-module(app_escalate).
-behaviour(application).
-behaviour(supervisor).
-export([main/0, start/2, stop/1, init/1, log/2, child/2, loop/2]).

main() ->
    ok = logger:remove_handler(default),
    ok = logger:add_handler(told, ?MODULE, #{}),
    [tree(S) || S <- [one_for_one, one_for_all, rest_for_one]],
    application_ends(),
    significant(),
    does_not_start(),
    does_not_end(),
    kinds().

say(What, Value) -> io:format(user, "~s: ~0p~n", [What, Value]).

%% Kills the middle one of three once, then until the supervisor gives up.
tree(Strategy) ->
    process_flag(trap_exit, true),
    say("strategy", Strategy),
    {ok, Sup} = supervisor:start_link(?MODULE, {Strategy, 2, [spec(N, permanent) || N <- [a, b, c]]}),
    Before = pids(Sup),
    kill(Sup, b),
    say("others", [{N, maps:get(N, pids(Sup)) =:= P} || {N, P} <- lists:sort(maps:to_list(Before))]),
    kill(Sup, b),
    exit(maps:get(b, pids(Sup)), kill),
    receive {'EXIT', Sup, Why} -> say("gave up", Why) end.

pids(Sup) -> maps:from_list([{N, P} || {N, P, _, _} <- supervisor:which_children(Sup)]).

kill(Sup, Name) ->
    Pid = maps:get(Name, pids(Sup)),
    Ref = monitor(process, Pid),
    exit(Pid, kill),
    receive {'DOWN', Ref, process, _, _} -> ok end,
    changed(Sup, Name, Pid).

changed(Sup, Name, Pid) ->
    case pids(Sup) of
        #{Name := Pid} -> timer:sleep(1), changed(Sup, Name, Pid);
        _ -> ok
    end.

spec(Name, Restart) -> #{id => Name, start => {?MODULE, child, [Name, []]}, restart => Restart, shutdown => 100}.

%% Two levels give up, and with them the application.
application_ends() ->
    Spec = {application, escalate, [{vsn, "1"}, {mod, {?MODULE, []}}, {applications, [kernel, stdlib]}]},
    ok = application:load(Spec),
    ok = application:start(escalate),
    Ref = monitor(process, whereis(escalate_top)),
    Why = kill_again(Ref, undefined),
    ended(),
    say("top", Why),
    say("unloaded", application:unload(escalate)).

ended() ->
    case lists:keymember(escalate, 1, application:which_applications()) of
        true -> timer:sleep(1), ended();
        false -> say("running", false)
    end.

kill_again(Ref, Last) ->
    receive {'DOWN', Ref, process, _, Why} -> Why
    after 0 ->
        case whereis(deep) of
            Pid when Pid =/= undefined, Pid =/= Last -> exit(Pid, kill), kill_again(Ref, Pid);
            _ -> timer:sleep(1), kill_again(Ref, Last)
        end
    end.

%% The end of a significant child ends its supervisor, of its own will.
significant() ->
    {ok, Sup} = supervisor:start_link(?MODULE, {#{strategy => one_for_one, auto_shutdown => any_significant},
                                                [(spec(s, transient))#{significant => true}, spec(t, permanent)]}),
    maps:get(s, pids(Sup)) ! stop,
    receive {'EXIT', Sup, Why} -> say("significant", Why) end.

does_not_start() ->
    Bad = [#{id => x, start => {?MODULE, child, [x, [fails]]}}],
    say("start fails", supervisor:start_link(?MODULE, {one_for_one, 1, [spec(ok, permanent) | Bad]})),
    receive {'EXIT', _, Why} -> say("exit", Why) end,
    say("no such", element(1, supervisor:start_link(?MODULE, {one_for_one, 1, [#{id => y, start => {none, none, []}}]}))),
    receive {'EXIT', _, {shutdown, {failed_to_start_child, y, {'EXIT', {undef, [{none, none, [], []} | _]}}}}} -> ok end,
    say("bad spec", supervisor:check_childspecs([#{id => z}, 17])),
    say("bad flags", supervisor:start_link(?MODULE, {#{strategy => none}, []})),
    receive {'EXIT', _, R} -> say("exit", R) end,
    say("ignored", supervisor:start_link(?MODULE, ignore)),
    receive {'EXIT', _, I} -> say("exit", I) end.

%% One that does not listen is killed when its time is up.
does_not_end() ->
    {ok, Sup} = supervisor:start_link(?MODULE, {one_for_one, 1, [#{id => deaf, start => {?MODULE, child, [deaf, [deaf]]}, shutdown => 20},
                                                                 #{id => brutal, start => {?MODULE, child, [brutal, [deaf]]}, shutdown => brutal_kill},
                                                                 spec(tame, permanent)]}),
    exit(Sup, shutdown),
    receive {'EXIT', Sup, Why} -> say("ended", Why) end.

kinds() ->
    {ok, Sup} = supervisor:start_link(?MODULE, {one_for_one, 10, [spec(p, permanent), spec(tr, transient), spec(te, temporary)]}),
    [maps:get(N, pids(Sup)) ! stop || N <- [tr, te]],
    gone(Sup, 2),
    say("stopped", lists:sort([{N, is_pid(P)} || {N, P} <- maps:to_list(pids(Sup))])),
    say("again", [supervisor:restart_child(Sup, tr) =/= x, supervisor:restart_child(Sup, te), supervisor:restart_child(Sup, p)]),
    say("delete", [supervisor:delete_child(Sup, p), supervisor:terminate_child(Sup, p), supervisor:delete_child(Sup, p), supervisor:delete_child(Sup, p)]),
    say("start twice", element(1, supervisor:start_child(Sup, spec(tr, transient)))),
    say("terminate", [supervisor:terminate_child(Sup, N) || N <- [tr, tr, none]]),
    say("spec", [supervisor:get_childspec(Sup, N) || N <- [tr, none]]),
    say("count", lists:sort(supervisor:count_children(Sup))),
    say("stop", gen_server:stop(Sup)),
    receive {'EXIT', Sup, Why} -> say("exit", Why) end.

gone(Sup, N) ->
    case [P || P <- maps:values(pids(Sup)), is_pid(P)] of
        [_] -> N;
        _ -> timer:sleep(1), gone(Sup, N)
    end.

%% ---- callbacks ----

start(normal, []) -> supervisor:start_link({local, escalate_top}, ?MODULE, {one_for_one, 1, [sup(upper, {one_for_one, 1, [sup(lower, lower)]})]}).
stop(_) -> say("stop", called).

sup(Id, Arg) -> #{id => Id, type => supervisor, start => {supervisor, start_link, [?MODULE, Arg]}}.

init(lower) -> init({one_for_one, 1, [#{id => deep, start => {?MODULE, child, [deep, [named]]}, shutdown => 100}]});
init(ignore) -> ignore;
init({Flags, Children}) -> {ok, {Flags, Children}};
init({Strategy, Most, Children}) -> {ok, {#{strategy => Strategy, intensity => Most, period => 3600}, Children}}.

child(_, [fails]) -> {error, will_not};
child(Name, Options) -> {ok, proc_lib:spawn_link(?MODULE, loop, [Name, Options])}.

loop(Name, Options) ->
    [register(Name, self()) || named <- Options],
    [process_flag(trap_exit, true) || deaf <- Options],
    receive stop -> ok; more -> loop(Name, []) end.

log(Event, _) ->
    Text = logger_formatter:format(Event, #{template => [level, " ", msg], legacy_header => false, single_line => false}),
    Line = re:replace(re:replace(Text, "\\s+", " ", [global]), "#Ref<[\\d.]+>", "REF", [global]),
    io:format(user, "~ts~n", [re:replace(Line, "(heap_size|stack_size|reductions): \\d+", "\\1: N", [global, {return, binary}])]).
