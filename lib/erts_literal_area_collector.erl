%% erts_literal_area_collector: in place of OTP's: the process that tells whether literals are being
%% taken out of processes. The work itself is the runtime's, between turns.
-module(erts_literal_area_collector).
-export([begin_serving/0, start/0]).

begin_serving() -> erts_internal:spawn_system_process(?MODULE, start, []).

start() ->
    process_flag(trap_exit, true),
    loop().

loop() ->
    receive
        {get_status, Ref, From} when is_reference(Ref) -> From ! {Ref, status()};
        _ -> ok
    end,
    loop().

status() ->
    case brc_native:is_purging() of
        true -> copying;
        false -> idle
    end.
