%% send_after, start_timer, cancel_timer, read_timer, absolute times, timer to names.
-module(proc_timers).
-export([main/0, id/1]).

main() ->
    erlang:send_after(30, self(), second), erlang:send_after(10, self(), first), erlang:send_after(0, self(), zero),
    io:format("~p~n", [[receive X -> X end || _ <- [1, 2, 3]]]),
    R = erlang:start_timer(10, self(), msg),
    io:format("~p~n", [receive {timeout, R, M} -> M end]),
    L = erlang:send_after(100000, self(), late),
    T = erlang:read_timer(L),
    io:format("~p~n", [T > 90000 andalso T =< 100000]),
    C = erlang:cancel_timer(L),
    io:format("~p~n", [C > 90000 andalso C =< 100000]),
    io:format("~p~n", [erlang:cancel_timer(L)]),
    io:format("~p~n", [erlang:read_timer(L)]),
    io:format("~p~n", [erlang:cancel_timer(make_ref())]),
    L2 = erlang:start_timer(100000, self(), x),
    io:format("~p~n", [erlang:cancel_timer(L2, [{info, false}])]),
    L3 = erlang:start_timer(100000, self(), x),
    io:format("~p~n", [erlang:cancel_timer(L3, [{async, true}])]),
    io:format("~p~n", [receive {cancel_timer, L3, V} -> is_integer(V) end]),
    Abs = erlang:monotonic_time(millisecond) + 20,
    erlang:send_after(Abs, self(), absolute, [{abs, true}]),
    io:format("~p ~p~n", [receive absolute -> yes after 1000 -> no end, erlang:monotonic_time(millisecond) >= Abs]),
    register(tname, self()),
    erlang:send_after(1, tname, by_name),
    io:format("~p~n", [receive by_name -> named after 1000 -> no end]),
    P = spawn(fun() -> ok end),
    erlang:send_after(1, P, to_dead),
    io:format("~p~n", [receive Any -> Any after 20 -> nothing end]),
    [erlang:send_after(N rem 50, self(), {n, N}) || N <- lists:seq(1, 2000)],
    io:format("~p~n", [lists:sum([receive {n, N} -> N end || _ <- lists:seq(1, 2000)])]),
    {ok, TR} = timer:send_interval(5, tick),
    io:format("~p~n", [[receive tick -> t end || _ <- [1, 2, 3]]]),
    io:format("~p~n", [element(1, timer:cancel(TR))]),
    io:format("~p~n", [element(2, timer:tc(fun() -> 42 end))]),
    ok.

id(X) -> X.
