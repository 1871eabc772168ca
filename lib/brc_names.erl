%% brc_names: processes of OTP's that programs know by name, and of which nothing else is needed
%% here: modules are loaded without the code server.
-module(brc_names).
-export([start/0]).

start() ->
    register(code_server, spawn(fun Idle() -> receive _ -> Idle() end end)).
