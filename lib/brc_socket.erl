%% brc_socket: before the first socket of module socket: the process that knows them all, and the tables
%% of what there is.
-module(brc_socket).
-export([start/0, registry/0]).

start() ->
    erts_internal:spawn_system_process(?MODULE, registry, []),
    known(),
    prim_socket:init().

%% A socket of which it was not told could not be monitored.
known() ->
    case whereis(socket_registry) of
        undefined -> erlang:yield(), known();
        _ -> ok
    end.

registry() -> socket_registry:start().
