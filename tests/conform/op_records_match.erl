%% Record patterns in heads and receive, matched with tag tests, updates in loops and by funs.
-module(op_records_match).
-export([main/0, id/1]).
-record(state, {n = 0 :: integer(), log = [] :: list(), sub}).
-record(sub, {v = none, w = 1.5}).

main() ->
    S0 = #state{sub = #sub{}},
    S1 = step([inc, inc, {set, 10}, dec, {sub, v, x}, {sub, w, 2.0}, bogus], S0),
    erlang:display(S1),
    self() ! #state{n = 7}, self() ! #sub{v = 9},
    erlang:display(receive #sub{v = V} -> V end),
    erlang:display(receive #state{n = N, log = []} -> N end),
    F = fun(#state{n = X} = S) when X > 5 -> S#state{n = X div 2}; (S) -> S#state{n = 0, log = [], sub = undefined} end,
    erlang:display({(F(S1))#state.n, F(F(F(S1)))}),
    erlang:display(loop(100000, #state{})),
    erlang:display([T || T <- [#state{}, #sub{}, {state, 1}, {sub, 1, 2}, {state, 1, 2, 3}], element(1, T) =:= state, is_record(T, state)]),
    erlang:display(case id(#state{n = 1.0}) of #state{n = 1} -> int; #state{n = 1.0} -> float end),
    ok.

id(X) -> X.
step([], S) -> S;
step([Op | Ops], #state{n = N, log = L} = S) ->
    S2 = case Op of
             inc -> S#state{n = N + 1};
             dec -> S#state{n = N - 1, log = [dec | L]};
             {set, V} -> S#state{n = V, log = [{set, V} | L]};
             {sub, v, V} -> S#state{sub = (S#state.sub)#sub{v = V}};
             {sub, w, W} -> #state{sub = Sub} = S, S#state{sub = Sub#sub{w = W}};
             Other -> S#state{log = [{unknown, Other} | L]}
         end,
    step(Ops, S2).

loop(0, S) -> S;
loop(I, #state{n = N} = S) when I rem 2 =:= 0 -> loop(I - 1, S#state{n = N + I});
loop(I, S) -> loop(I - 1, S#state{log = I}).
