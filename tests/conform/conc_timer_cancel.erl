%% cancel_timer and read_timer with all options
-module(conc_timer_cancel).
-export([main/0, id/1]).

main() ->
    Near = fun(N) -> is_integer(N) andalso N > 9000 andalso N =< 10000 end,
    T = fun() -> erlang:send_after(10000, self(), x) end,
    R = T(),
    io:format("~p~n", [[Near(erlang:read_timer(R)), Near(erlang:read_timer(R, [])), Near(erlang:read_timer(R, [{async, false}]))]]),
    io:format("~p~n", [[Near(erlang:cancel_timer(R)), erlang:cancel_timer(R), erlang:read_timer(R)]]),
    io:format("~p~n", [[erlang:cancel_timer(T(), [{info, false}]), Near(erlang:cancel_timer(T(), [{info, true}])), Near(erlang:cancel_timer(T(), []))]]),
    R2 = T(),
    io:format("~p~n", [[erlang:read_timer(R2, [{async, true}]), receive {read_timer, R2, N} -> Near(N) end]]),
    io:format("~p~n", [[erlang:cancel_timer(R2, [{async, true}]), receive {cancel_timer, R2, N2} -> Near(N2) end]]),
    io:format("~p~n", [[erlang:cancel_timer(R2, [{async, true}]), receive {cancel_timer, R2, N3} -> N3 end]]),
    io:format("~p~n", [[erlang:cancel_timer(T(), [{async, true}, {info, false}]), receive X -> X after 20 -> none end]]),
    io:format("~p~n", [[try erlang:cancel_timer(id(A), id(O)) catch C:E -> {C, E} end || {A, O} <- [{x, []}, {make_ref(), []}, {make_ref(), x}, {make_ref(), [x]}, {make_ref(), [{async, 1}]}, {make_ref(), [{info, x}]}]]]),
    io:format("~p~n", [[try erlang:read_timer(id(A), id(O)) catch C:E -> {C, E} end || {A, O} <- [{x, []}, {make_ref(), []}, {make_ref(), [{info, true}]}, {make_ref(), [x]}]]]),
    Me = self(), R3 = T(),
    spawn(fun() -> Me ! {other, Near(erlang:cancel_timer(R3))} end),
    io:format("~p~n", [receive {other, B} -> B end]),
    io:format("~p~n", [receive Y -> Y after 10 -> empty end]).

id(X) -> X.
