%% Applications: loading, environment, starting a callback module, keys.

-module(lib_application).
-behaviour(application).
-export([main/0, start/2, stop/1, init/1]).

main() ->
    App = {application, myapp, [{description, "test"}, {vsn, "1.2"}, {modules, [?MODULE]}, {registered, []}, {applications, [kernel, stdlib]}, {env, [{a, 1}, {b, "two"}]}, {mod, {?MODULE, [arg]}}]},
    p(application:load(App)), p(application:load(App)), p(application:get_env(myapp, a)), p(application:get_env(myapp, z, def)), p(application:set_env(myapp, a, 2)), p(application:get_env(myapp, a)), p(lists:sort(application:get_all_env(myapp))), p(application:get_key(myapp, vsn)),
    p(application:start(myapp)), p(application:start(myapp)), p(lists:keymember(myapp, 1, application:which_applications())), p(application:stop(myapp)), p(application:ensure_all_started(nosuchapp)), p(application:unload(myapp)), p(application:get_env(myapp, a)),
    ok.

start(Type, Args) -> io:format("start ~p ~p~n", [Type, Args]), supervisor:start_link(?MODULE, []).
stop(S) -> io:format("stop ~p~n", [S]).
init([]) -> {ok, {#{}, []}}.
p(X) -> io:format("~p~n", [X]).
