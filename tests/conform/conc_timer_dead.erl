%% Timers for a process end with it; none begins for one that has ended.
-module(conc_timer_dead).
-export([main/0]).

main() ->
    {P, R} = spawn_monitor(fun() -> receive stop -> ok end end),
    Ts = [erlang:start_timer(60000, P, x) || _ <- lists:seq(1, 50)] ++ [erlang:send_after(60000, P, x)],
    register(name, P),
    ByName = erlang:send_after(60000, name, x),
    io:format("~p~n", [lists:usort([is_integer(erlang:read_timer(T)) || T <- [ByName | Ts]])]),
    true = is_integer(erlang:cancel_timer(hd(Ts))),
    P ! stop,
    receive {'DOWN', R, process, P, normal} -> ok end,
    io:format("~p~n", [lists:usort([erlang:read_timer(T) || T <- Ts])]),
    io:format("~p~n", [lists:usort([erlang:cancel_timer(T) || T <- Ts])]),
    io:format("~p~n", [is_integer(erlang:cancel_timer(ByName))]),
    Late = erlang:start_timer(60000, P, x),
    io:format("~p ~p~n", [erlang:read_timer(Late), erlang:cancel_timer(Late)]),
    storm(200).

%% Ends while others start and cancel.
storm(0) -> io:format("done~n");
storm(N) ->
    {P, R} = spawn_monitor(fun() -> receive after N rem 3 -> ok end end),
    Main = self(),
    Qs = [spawn(fun() ->
                        Ts = [erlang:send_after(I rem 5, P, x) || I <- lists:seq(1, 20)],
                        [erlang:cancel_timer(T) || T <- Ts],
                        Main ! {done, self()}
                end) || _ <- lists:seq(1, 4)],
    receive {'DOWN', R, process, P, normal} -> ok end,
    [receive {done, Q} -> ok end || Q <- Qs],
    storm(N - 1).
