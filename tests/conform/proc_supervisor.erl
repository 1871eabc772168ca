%% Supervisors: strategies, restarts, counts, children added and removed, shutdown order.
-module(proc_supervisor).
-behaviour(supervisor).
-export([main/0, init/1, start_child/2, loop/1]).

main() ->
    process_flag(trap_exit, true),
    {ok, S} = supervisor:start_link(?MODULE, one_for_one),
    io:format("~p~n", [names(S)]),
    io:format("~p~n", [supervisor:count_children(S)]),
    A1 = whereis(child_a), B1 = whereis(child_b),
    exit(A1, kill),
    timer:sleep(30),
    io:format("~p~n", [{whereis(child_a) =/= A1, whereis(child_b) =:= B1}]),
    {ok, _} = supervisor:start_child(S, spec(child_d, temporary)),
    io:format("~p~n", [names(S)]),
    exit(whereis(child_d), kill),
    timer:sleep(30),
    io:format("~p~n", [names(S)]),
    io:format("~p~n", [supervisor:terminate_child(S, child_b)]),
    io:format("~p~n", [supervisor:delete_child(S, child_b)]),
    io:format("~p~n", [supervisor:terminate_child(S, nope)]),
    io:format("~p~n", [names(S)]),
    stop(S),
    {ok, S2} = supervisor:start_link(?MODULE, one_for_all),
    A2 = whereis(child_a), B2 = whereis(child_b),
    exit(A2, kill),
    timer:sleep(30),
    io:format("~p~n", [{whereis(child_a) =/= A2, whereis(child_b) =/= B2}]),
    [begin exit(whereis(child_a), kill), timer:sleep(20) end || _ <- [1, 2, 3, 4], whereis(child_a) =/= undefined],
    io:format("~p~n", [receive {'EXIT', S2, R} -> R after 1000 -> alive end]),
    ok.

stop(S) -> unlink(S), R = monitor(process, S), exit(S, shutdown), receive {'DOWN', R, _, _, W} -> io:format("down ~p~n", [W]) end.
names(S) -> [{N, is_pid(P), T} || {N, P, T, _} <- supervisor:which_children(S)].
init(Strategy) -> {ok, {#{strategy => Strategy, intensity => 3, period => 5}, [spec(child_a, permanent), spec(child_b, transient), spec(child_c, permanent)]}}.
spec(N, R) -> #{id => N, start => {?MODULE, start_child, [N, self()]}, restart => R, shutdown => 1000}.
start_child(N, _) ->
    Me = self(),
    P = spawn_link(fun() -> process_flag(trap_exit, true), register(N, self()), Me ! {started, self()}, loop(N) end),
    receive {started, P} -> {ok, P} end.
loop(N) -> receive {'EXIT', _, shutdown} -> io:format("~p shut down~n", [N]), exit(shutdown); _ -> loop(N) end.
