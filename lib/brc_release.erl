%% brc_release: a program whose entry is an application: it runs while the application does. The
%% executable carries the application's name.
-module(brc_release).
-export([start/0, main/0]).

start() ->
    {ok, Name} = prim_file:read_file("/embedded:/application"),
    case application:ensure_all_started(binary_to_atom(Name), permanent) of
        {ok, _} ->
            ok;
        {error, {Application, Reason}} ->
            io:format(standard_error, "could not start the application ~ts: ~tp~n", [Application, Reason]),
            erlang:halt(1)
    end.

main() ->
    receive after infinity -> ok end.
