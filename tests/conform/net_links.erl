%% links and monitors of sockets, ends of all kinds
-module(net_links).
-export([main/0]).

pair(Opts) ->
    {ok, L} = gen_tcp:listen(0, [{ip, {127, 0, 0, 1}}, binary, {active, false}]),
    {ok, P} = inet:port(L),
    {ok, C} = gen_tcp:connect({127, 0, 0, 1}, P, [binary, {active, false} | Opts]),
    {ok, S} = gen_tcp:accept(L),
    gen_tcp:close(L),
    {C, S}.

%% So many messages, and those that are there besides.
all(0) -> receive X -> [X | all(0)] after 0 -> [] end;
all(N) -> receive X -> [X | all(N - 1)] after 5000 -> [] end.
show(C, Ms) -> io:format("~p~n", [[case M of {'EXIT', C, R} -> {exit, R}; {'DOWN', _, port, C, R} -> {down, R}; {T, C} -> T; {C, T} -> T; {T, C, X} -> {T, X}; X -> X end || M <- Ms]]).

main() ->
    process_flag(trap_exit, true),
    {C1, S1} = pair([]), monitor(port, C1), gen_tcp:close(C1), show(C1, all(1)), gen_tcp:close(S1),
    {C2, S2} = pair([]), monitor(port, C2), erlang:port_close(C2), show(C2, all(2)), gen_tcp:close(S2),
    {C3, S3} = pair([]), monitor(port, C3), exit(C3, normal), show(C3, all(2)), gen_tcp:close(S3),
    {C4, S4} = pair([]), monitor(port, C4), exit(C4, kill), show(C4, all(2)), gen_tcp:close(S4),
    {C5, S5} = pair([{active, true}]), monitor(port, C5), gen_tcp:close(S5), show(C5, all(2)),
    {C6, S6} = pair([{active, true}, {packet, 4}, {packet_size, 5}]), monitor(port, C6), gen_tcp:send(S6, <<0, 0, 0, 9, 1>>), show(C6, all(3)),
    {C7, S7} = pair([]), Pid = spawn_link(fun() -> link(C7), receive go -> exit(gone) end end),
    timer:sleep(10), Pid ! go, show(C7, [M || M <- all(2), element(2, M) =/= Pid]), gen_tcp:close(S7),
    io:format("~p~n", [try link(C7) catch error:E -> E end]),
    show(C7, all(1)),
    {C8, S8} = pair([]), unlink(C8), C8 ! {self(), close}, show(C8, all(1)), gen_tcp:close(S8),
    {C9, S9} = pair([]), unlink(C9), C9 ! nonsense, show(C9, all(1)), io:format("~p~n", [erlang:port_info(C9, name)]), gen_tcp:close(S9),
    {C10, _} = pair([]), unlink(C10), C10 ! {self(), {connect, self()}}, show(C10, all(1)).
