%% proc_lib starts: init_ack, failures before it, timeouts, spawns, hibernate, initial calls
-module(conc_plib_start).
-export([main/0, init/2, wake/1]).

main() ->
    process_flag(trap_exit, true),
    Me = self(),
    {ok, P, extra} = proc_lib:start_link(?MODULE, init, [Me, ok]),
    io:format("~p~n", [[proc_lib:initial_call(P), proc_lib:translate_initial_call(P)]]),
    P ! hibernate, P ! hi,
    io:format("~p~n", [receive {P, X} -> X end]),
    io:format("~p~n", [proc_lib:start_link(?MODULE, init, [Me, fail])]),
    io:format("~p~n", [receive {'EXIT', _, W} -> W end]),
    io:format("~p~n", [proc_lib:start(?MODULE, init, [Me, slow], 10)]),
    io:format("~p~n", [proc_lib:start_link(?MODULE, init, [Me, quiet])]),
    io:format("~p~n", [receive {'EXIT', _, W2} -> W2 after 50 -> none end]),
    Q = proc_lib:spawn_link(fun() -> exit(shutdown) end),
    io:format("~p~n", [receive {'EXIT', Q, W3} -> W3 end]),
    io:format("~p~n", [proc_lib:stop(P)]),
    io:format("~p~n", [receive {'EXIT', P, W4} -> W4 end]).

init(Me, ok) -> proc_lib:init_ack(Me, {ok, self(), extra}), receive hibernate -> proc_lib:hibernate(?MODULE, wake, [Me]) end;
init(Me, fail) -> proc_lib:init_ack(Me, {error, failed}), exit(normal);
init(_, slow) -> timer:sleep(10000);
init(_, quiet) -> ok.
wake(Me) -> receive {system, From, Req} -> sys:handle_system_msg(Req, From, Me, ?MODULE, [], Me); M -> Me ! {self(), M}, loop() end.
loop() -> receive {system, From, {terminate, R}} -> gen:reply(From, ok), exit(R) end.
