%% Processes bound to the second scheduler while that one comes and goes.
-module(conc_online_flips).
-export([main/0]).

main() ->
    Online = erlang:system_info(schedulers),
    Self = self(),
    Bound = [spawn_link(fun() -> bound(Self, 300) end) || _ <- [1, 2, 3, 4]],
    Flips = spawn_link(fun() -> flips(Online) end),
    [receive {done, P} -> ok end || P <- Bound],
    unlink(Flips),
    exit(Flips, kill),
    erlang:system_flag(schedulers_online, Online),
    io:format("done~n").

bound(To, 0) ->
    To ! {done, self()};
bound(To, N) ->
    catch process_flag(scheduler, 1 + N rem erlang:system_info(schedulers)),
    receive after N band 1 -> ok end,
    process_flag(scheduler, 0),
    erlang:yield(),
    bound(To, N - 1).

flips(Online) ->
    erlang:system_flag(schedulers_online, 1),
    erlang:yield(),
    erlang:system_flag(schedulers_online, Online),
    erlang:yield(),
    flips(Online).
