%% every way to spawn, and what it returns and relates
-module(conc_spawn_all).
-export([main/0, work/2, loop/0]).

main() ->
    Me = self(),
    F = fun() -> work(Me, f) end,
    Ps = [spawn(F), spawn(?MODULE, work, [Me, mfa]), spawn(node(), F), spawn(node(), ?MODULE, work, [Me, nmfa])],
    io:format("~p~n", [lists:sort([receive {P, X} -> X end || P <- Ps])]),
    process_flag(trap_exit, true),
    Ls = [spawn_link(F), spawn_link(?MODULE, work, [Me, mfa]), spawn_link(node(), F), spawn_link(node(), ?MODULE, work, [Me, nmfa])],
    io:format("~p~n", [[receive {P, X} -> X end || P <- Ls]]),
    io:format("~p~n", [[receive {'EXIT', P, W} -> W end || P <- Ls]]),
    Ms = [spawn_monitor(F), spawn_monitor(?MODULE, work, [Me, mfa]), spawn_monitor(node(), F), spawn_monitor(node(), ?MODULE, work, [Me, nmfa])],
    io:format("~p~n", [[receive {P, X} -> X end || {P, _} <- Ms]]),
    io:format("~p~n", [[receive {'DOWN', R, process, P, W} -> W end || {P, R} <- Ms]]),
    Os = [spawn_opt(F, [link, monitor]), spawn_opt(?MODULE, work, [Me, mfa], [monitor, link]), spawn_opt(node(), F, [monitor]), spawn_opt(node(), ?MODULE, work, [Me, nmfa], [monitor])],
    io:format("~p~n", [[receive {P, X} -> X end || {P, _} <- Os]]),
    io:format("~p~n", [[receive {'DOWN', R, process, P, W} -> W end || {P, R} <- Os]]),
    io:format("~p~n", [[receive {'EXIT', P, W} -> W after 0 -> none end || {P, _} <- Os]]),
    io:format("~p~n", [is_pid(spawn_opt(F, []))]),
    io:format("~p~n", [receive {_, f} -> done end]),
    io:format("~p~n", [receive Z -> Z after 10 -> empty end]).

work(Me, X) -> Me ! {self(), X}.
loop() -> ok.
