%% receive ... after with messages that do not match: the clock goes on; order of timeouts.
-module(proc_trap_after).
-export([main/0, id/1]).

main() ->
    Me = self(),
    spawn(fun() -> [begin Me ! noise, timer:sleep(10) end || _ <- lists:seq(1, 20)], Me ! done end),
    T0 = erlang:monotonic_time(millisecond),
    R = receive never -> never after 60 -> timeout end,
    T1 = erlang:monotonic_time(millisecond),
    io:format("~p ~p~n", [R, T1 - T0 >= 60 andalso T1 - T0 < 250]),
    receive done -> ok end,
    [spawn(fun() -> timer:sleep(N * 30), Me ! {t, N} end) || N <- [3, 1, 4, 2]],
    io:format("~p~n", [[receive {t, N} -> N end || _ <- [1, 2, 3, 4]]]),
    S0 = erlang:monotonic_time(millisecond),
    timer:sleep(25),
    io:format("~p~n", [erlang:monotonic_time(millisecond) - S0 >= 25]),
    io:format("~p~n", [receive after 0 -> zero end]),
    P = spawn(fun() -> receive x -> Me ! got_x after 100000 -> Me ! late end end),
    P ! x,
    io:format("~p~n", [receive M when M =/= noise -> M end]),
    Many = [spawn(fun() -> receive after 20 -> Me ! tick end end) || _ <- lists:seq(1, 1000)],
    io:format("~p~n", [length([receive tick -> ok end || _ <- Many])]),
    ok.

id(X) -> X.
