%% dist_ac: in place of OTP's controller of applications that are spread over nodes: on a node of its
%% own it does not run, and who asks it fails as on stock.
-module(dist_ac).
-export([load_application/2, takeover_application/2, permit_application/2, permit_only_loaded_application/2]).

load_application(Name, Nodes) ->
    call({load_application, Name, Nodes}).

takeover_application(_Name, Type) when Type =:= permanent; Type =:= temporary; Type =:= transient ->
    call(sync);
takeover_application(_Name, Type) ->
    {error, {invalid_restart_type, Type}}.

permit_application(_Name, _Bool) ->
    call(sync).

permit_only_loaded_application(_Name, _Bool) ->
    call(sync).

call(Request) ->
    gen_server:call(?MODULE, Request, infinity).
