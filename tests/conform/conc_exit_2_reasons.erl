%% exit/2 with every kind of term as its reason, trapped and not
-module(conc_exit_2_reasons).
-export([main/0]).

main() ->
    F = fun(X) -> X + 1 end, Ref = make_ref(), Big = 1 bsl 200, Bin = binary:copy(<<"x">>, 100000),
    Rs = [atom, 1, -1, 2.5, Big, "list", [], {}, {1, {2, [3]}}, #{a => #{}}, <<>>, <<5:3>>, Bin, F, Ref, self(), lists:seq(1, 1000), true, undefined, '', fun lists:map/2],
    io:format("~p~n", [[plain(R) =:= R || R <- Rs]]),
    io:format("~p~n", [[trapped(R) =:= R || R <- Rs]]).

plain(Why) ->
    {P, R} = spawn_monitor(fun() -> receive after infinity -> ok end end),
    exit(P, Why),
    receive {'DOWN', R, _, _, W} -> W end.
trapped(Why) ->
    Me = self(),
    P = spawn(fun() -> process_flag(trap_exit, true), Me ! {ready, self()}, receive {'EXIT', Me, W} -> Me ! {self(), W} end end),
    receive {ready, P} -> ok end,
    exit(P, Why),
    receive {P, W} -> W end.
