%% ten thousand sleepers that wake at different times
-module(conc_sleep_many).
-export([main/0]).

main() ->
    Me = self(),
    T0 = erlang:monotonic_time(millisecond),
    [spawn(fun() -> receive after I rem 50 -> Me ! {woke, I, erlang:monotonic_time(millisecond)} end end) || I <- lists:seq(1, 10000)],
    L = [receive {woke, I, T} -> T >= T0 + I rem 50 after 10000 -> lost end || I <- lists:seq(1, 10000)],
    io:format("~p ~p~n", [length(L), lists:usort(L)]).
