%% brc_app: starts what OTP's boot script starts: the logger, the application controller, and the
%% applications kernel and stdlib. Programs that use neither applications nor the logger go without.
-module(brc_app).
-export([start/0]).

start() ->
    case whereis(application_controller) of
        undefined -> start_all();
        _ -> ok
    end.

start_all() ->
    {ok, _} = logger_server:start_link(),
    case application_controller:start(description(kernel)) of
        {ok, Controller} ->
            ok = application:load(description(stdlib)),
            ok = application:start_boot(kernel, permanent),
            ok = application:start_boot(stdlib, permanent),
            {controller, Controller, fun ended/1};
        Reason ->
            erlang:halt(lists:flatten(["could not start kernel pid (application_controller) (",
                                       text(Reason), $)]))
    end.

%% The controller ends where a permanent application does.
ended(Reason) ->
    erlang:display({"Kernel pid terminated", application_controller, Reason}),
    erlang:halt(lists:flatten(["Kernel pid terminated (application_controller) (", text(Reason), $)])).

text(Reason) ->
    case io_lib:printable_unicode_list(Reason) of
        true -> Reason;
        false -> io_lib:format("~w", [Reason])
    end.

description(Name) ->
    {ok, File} = prim_file:read_file(brc_path:carried(atom_to_list(Name) ++ ".app")),
    {ok, Tokens, _} = erl_scan:string(binary_to_list(File)),
    {ok, Term} = erl_parse:parse_term(Tokens),
    Term.
