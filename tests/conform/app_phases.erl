%% Applications that include others and start in phases, that need others, and what the application
%% controller tells of them.
%% conform: separate reports
-module(app_phases).
-behaviour(application).
-export([main/0, start/2, start_phase/3, prep_stop/1, stop/1, config_change/3, init/1]).

main() ->
    ok = logger:set_primary_config(level, none),
    [say(element(2, S), application:load(S)) || S <- specs()],
    say("loaded", [N || {N, _, _} <- lists:sort(application:loaded_applications()), lists:keymember(N, 2, specs())]),
    say("keys", [application:get_key(top, K) || K <- [description, vsn, id, modules, maxP, maxT, registered, included_applications, applications, env, mod, start_phases, none]]),
    say("not loaded", [application:get_key(nope, vsn), application:get_all_key(nope), application:get_env(nope, x)]),
    say("needs", application:start(user_app)),
    say("all", application:ensure_all_started(user_app)),
    say("all again", application:ensure_all_started(user_app)),
    say("started", application:ensure_started(base)),
    say("which", [N || {N, _, _} <- lists:sort(application:which_applications()), lists:keymember(N, 2, specs())]),
    say("included", application:start(part)),
    say("group", [application:get_application(P) || {_, P, _, _} <- supervisor:which_children(top_sup)]),
    say("phases", [application:get_key(A, start_phases) || A <- [top, part, base]]),
    say("unload", [application:unload(N) || N <- [top, nope]]),
    say("stop", application:stop(base)),
    say("which", [N || {N, _, _} <- lists:sort(application:which_applications()), lists:keymember(N, 2, specs())]),
    say("stop", [application:stop(N) || N <- [user_app, top, base]]),
    say("fails", [application:start(N) || N <- [bad_start, bad_return, bad_exit, nothing]]),
    say("types", [application:start(base, T) || T <- [temporary, other]]),
    say("set", [application:set_env([{base, [{x, 1}, {y, 2}]}]), lists:sort(application:get_all_env(base)), application:unset_env(base, x), application:get_env(base, x, none)]),
    say("bad set", try application:set_env([{base, [x]}]) catch C:R -> {C, R} end),
    say("permit", [application:permit(base, P) || P <- [false, true]]),
    say("unload", [{N, application:stop(N), application:unload(N)} || {_, N, _} <- specs()]),
    say("env gone", application:get_all_env(base)).

say(What, Value) -> io:format(user, "~s: ~0p~n", [What, Value]).

specs() ->
    [spec(base, [], [{mod, {?MODULE, base}}, {env, [{a, 1}]}]),
     spec(part, [base], [{mod, {?MODULE, part}}, {start_phases, [{first, [p]}, {second, p}]}]),
     spec(silent, [], [{mod, {?MODULE, silent}}]),
     spec(top, [base], [{included_applications, [part, silent]}, {mod, {application_starter, [?MODULE, top]}}, {maxT, 7000},
                        {start_phases, [{init, 1}, {first, two}, {second, [3]}, {go, []}]}, {description, "the top"}]),
     spec(user_app, [top], [{mod, {?MODULE, user_app}}]),
     spec(bad_start, [], [{mod, {?MODULE, {error, not_today}}}]),
     spec(bad_return, [], [{mod, {?MODULE, {what, is, this}}}]),
     spec(bad_exit, [], [{mod, {?MODULE, exit}}]),
     spec(nothing, [], [])].

spec(Name, Needs, More) ->
    {application, Name, [{vsn, "1." ++ atom_to_list(Name)}, {modules, [?MODULE]}, {registered, []}, {applications, [kernel, stdlib | Needs]} | More]}.

start(Type, {error, _} = E) -> say("start", {Type, E}), E;
start(_, {_, _, _} = Other) -> Other;
start(_, exit) -> exit(no_start);
start(Type, Name) ->
    say("start", {Name, Type, application:get_application()}),
    supervisor:start_link({local, list_to_atom(atom_to_list(Name) ++ "_sup")}, ?MODULE, Name).

start_phase(Phase, Type, Args) -> say("phase", {Phase, Type, Args, application:get_application()}), ok.
prep_stop(State) -> say("prep_stop", {application:get_application(), State}), State.
stop(State) -> say("stop", State).
config_change(Changed, New, Removed) -> say("config", {Changed, New, Removed}).

init(top) -> {ok, {#{}, [#{id => part, start => {?MODULE, start, [normal, part]}, type => supervisor}]}};
init(_) -> {ok, {#{}, []}}.
