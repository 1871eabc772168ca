%% ets: owners, heirs, gifts, protection, names, fixing, and what is left when a process ends.
-module(ets_owner).
-export([main/0]).

main() ->
    Me = self(),
    %% heir
    {P1, T1} = owner(Me, [public, {heir, Me, {data, <<"x">>}}]),
    ets:insert(T1, {a, 1}),
    p(ets:info(T1, heir) =:= Me),
    stop(P1),
    receive {'ETS-TRANSFER', T, From, D} -> p({T =:= T1, From =:= P1, D, ets:info(T, owner) =:= Me, ets:lookup(T, a)}) after 1000 -> p(nothing) end,
    %% a named table goes by its name, and is gone before the owner's end is known
    {P2, n2} = owner(Me, [named_table]),
    p({ets:info(n2, owner) =:= P2, ets:lookup(n2, x), e(fun() -> ets:insert(n2, {a}) end), e(fun() -> ets:delete(n2) end)}),
    stop(P2),
    p({ets:info(n2), ets:whereis(n2), e(fun() -> ets:lookup(n2, a) end), ets:new(n2, [named_table, private]), ets:delete(n2)}),
    %% gifts
    {P3, T3} = owner(Me, [private]),
    p(e(fun() -> ets:lookup(T3, a) end)),
    P3 ! {give, Me},
    receive {'ETS-TRANSFER', T3, P3, gift} -> ok end,
    p({ets:info(T3, owner) =:= Me, ets:insert(T3, {a}), ets:lookup(T3, a)}),
    P3 ! {call, self(), fun() -> e(fun() -> ets:lookup(T3, a) end) end},
    p(receive {P3, A3} -> A3 end),
    p([e(fun() -> ets:give_away(T3, X, g) end) || X <- [Me, a, dead()]]),
    p(e(fun() -> ets:give_away(T1, P3, [gift]) end)),
    stop(P3),
    p({ets:info(T1, owner) =:= Me, ets:info(T3, owner) =:= Me, receive {'ETS-TRANSFER', T1, P3, {data, <<"x">>}} -> back end}),
    %% an heir that is gone
    {P4, T4} = owner(Me, [{heir, dead(), x}]),
    stop(P4),
    p(ets:info(T4)),
    %% heir: set and taken back
    T5 = ets:new(t5, [{heir, Me, y}]),
    p({ets:info(T5, heir) =:= Me, ets:setopts(T5, [{heir, none}]), ets:info(T5, heir), ets:setopts(T5, {protection, private}), ets:info(T5, protection)}),
    {P6, T6} = owner(Me, [public, {heir, Me, z}]),
    p(e(fun() -> ets:setopts(T6, {heir, none}) end)),
    P6 ! {call, Me, fun() -> ets:setopts(T6, {heir, none}) end},
    receive {P6, true} -> ok end,
    stop(P6),
    p({ets:info(T6), receive M -> M after 0 -> nothing end}),
    %% any process may delete a public table
    {P7, T7} = owner(Me, [public]),
    p({ets:delete(T7), ets:info(T7), e(fun() -> ets:delete(T7) end)}),
    stop(P7),
    %% fixing ends with the process
    T8 = ets:new(t8, [public]),
    ets:insert(T8, [{I} || I <- lists:seq(1, 500)]),
    ets:safe_fixtable(T8, true),
    {P8, _} = owner(Me, []),
    P8 ! {call, Me, fun() -> [ets:safe_fixtable(T8, true) || _ <- [1, 2, 3]], ets:match_delete(T8, {'$1'}) end},
    receive {P8, true} -> ok end,
    {_, Fixes} = ets:info(T8, safe_fixed),
    p({lists:sort([N || {_, N} <- Fixes]), ets:info(T8, size), ets:first(T8), ets:info(T8, fixed)}),
    stop(P8),
    {_, Fixes2} = ets:info(T8, safe_fixed),
    p([{Q =:= Me, N} || {Q, N} <- Fixes2]),
    ets:safe_fixtable(T8, false),
    p({ets:info(T8, safe_fixed), ets:info(T8, fixed), ets:insert(T8, {x}), ets:tab2list(T8), ets:safe_fixtable(T8, false)}),
    %% all, and a list of many tables
    Before = length(ets:all()),
    Ts = [ets:new(many, []) || _ <- lists:seq(1, 3000)],
    p({length(ets:all()) - Before, lists:all(fun(X) -> lists:member(X, ets:all()) end, lists:sublist(Ts, 3)), length(lists:usort(Ts))}),
    [ets:delete(X) || X <- Ts],
    p(length(ets:all()) - Before),
    %% names
    N9 = ets:new(n9, [named_table]),
    W9 = ets:whereis(n9),
    ets:insert(W9, {k, v}),
    p({N9, is_reference(W9), ets:lookup(n9, k), ets:rename(n9, m9), e(fun() -> ets:lookup(n9, k) end), ets:lookup(m9, k), ets:lookup(W9, k), ets:info(W9, name), ets:info(m9, id) =:= W9}),
    p({W9 =:= list_to_ref(ref_to_list(W9)), ets:lookup(list_to_ref(ref_to_list(W9)), k), lists:prefix("#Ref<", ref_to_list(W9))}),
    U9 = ets:new(unnamed, []),
    p({ets:rename(U9, other) =:= U9, ets:info(U9, name), ets:info(U9, named_table), ets:whereis(other)}),
    %% an identifier that went through messages, binaries and tables
    R = binary_to_term(term_to_binary({U9, self()})),
    ets:insert(U9, {tab, U9}),
    [{tab, U10}] = ets:lookup(U9, tab),
    p({element(1, R) =:= U9, ets:insert(U10, {z, 26}), ets:lookup(U9, z)}),
    ok.

owner(Me, Opts) ->
    P = spawn(fun() -> T = ets:new(n2, Opts), Me ! {self(), T}, owner_loop(T) end),
    receive {P, T} -> {P, T} end.

owner_loop(T) ->
    receive
        stop -> ok;
        {give, To} -> ets:give_away(T, To, gift), owner_loop(T);
        {call, From, F} -> From ! {self(), F()}, owner_loop(T);
        {'ETS-TRANSFER', _, _, _} -> owner_loop(T)
    end.

stop(P) -> R = monitor(process, P), P ! stop, receive {'DOWN', R, _, _, _} -> ok end.
dead() -> P = spawn(fun() -> ok end), R = monitor(process, P), receive {'DOWN', R, _, _, _} -> P end.

e(F) ->
    try F()
    catch C:R:S ->
        [{_, Fn, _, L} | _] = S,
        {C, R, Fn, case lists:keyfind(error_info, 1, L) of {_, M} -> maps:get(cause, M, none); false -> none end}
    end.

p(X) -> io:format("~p~n", [X]).
