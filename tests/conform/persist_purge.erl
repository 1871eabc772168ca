%% terms that are replaced or erased stay good for those who hold them, and go for all others
-module(persist_purge).
-export([main/0, holder/2]).

value(N) -> {value, N, [<<N:4000>>, "abc", #{n => N, list => lists:seq(1, 20)}, 1 bsl 200, N / 3, make_tuple(N)]}.
make_tuple(N) -> list_to_tuple(lists:seq(N, N + 40)).

holder(Me, Key) ->
    T = persistent_term:get(Key),
    put(kept, element(3, T)),
    [_ | Tail] = element(3, T),
    F = fun() -> {Tail, persistent_term:get(Key, gone)} end,
    erlang:garbage_collect(), erlang:garbage_collect(),
    Me ! {self(), holding},
    receive check -> ok end,
    {message, M} = receive {message, _} = X -> X end,
    Whole = receive {value, _, _} = Y -> Y end,
    {FTail, Now} = F(),
    Me ! {self(), [T =:= value(element(2, T)), get(kept) =:= element(3, T), FTail =:= Tail, M =:= T, Whole =:= T], Now}.

copied(T, 0) -> erts_debug:size_shared(T);
copied(T, N) ->
    case erts_debug:size_shared(T) of
        0 -> receive after 1 -> ok end, copied(T, N - 1);
        S -> S
    end.

main() ->
    [round(K, Eraser) || K <- [key, {key, 2}, "key"], Eraser <- [fun persistent_term:erase/1, fun(Key) -> persistent_term:put(Key, new) end]],
    %% replaced again and again
    Before = length(persistent_term:get()),
    Busy = [spawn_monitor(fun() -> reader(2000) end) || _ <- [1, 2, 3]],
    [persistent_term:put(churn, value(N)) || N <- lists:seq(1, 3000)],
    [receive {'DOWN', R, process, P, Reason} -> io:format("~p ", [Reason]) end || {P, R} <- Busy],
    persistent_term:erase(churn),
    io:format("~p~n", [length(persistent_term:get()) - Before]),
    %% tables and messages that are not taken keep copies
    T = ets:new(t, []),
    persistent_term:put(a, value(7)),
    ets:insert(T, {x, persistent_term:get(a)}),
    ets:insert(T, persistent_term:get(a)),
    erlang:send_after(100, self(), {timed, persistent_term:get(a)}),
    persistent_term:put(b, [persistent_term:get(a)]),
    Old = persistent_term:get(a),
    persistent_term:erase(a),
    io:format("~p~n", [copied(Old, 2000) > 0]),
    [persistent_term:put({fill, N}, value(N)) || N <- lists:seq(1, 300)],
    io:format("~p~n", [[{x, value(7)}] =:= ets:lookup(T, x)]),
    io:format("~p~n", [[value(7)] =:= ets:lookup(T, value)]),
    receive {timed, V} -> io:format("~p~n", [V =:= value(7)]) end,
    io:format("~p ~p~n", [persistent_term:get(b) =:= [value(7)], Old =:= value(7)]),
    [persistent_term:erase({fill, N}) || N <- lists:seq(1, 300)],
    persistent_term:erase(b),
    %% what is shared stays so
    Shared = lists:foldl(fun(_, A) -> [A | A] end, [], lists:seq(1, 12)),
    persistent_term:put(shared, Shared),
    S = persistent_term:get(shared),
    io:format("~p ~p~n", [erts_debug:size(S), erts_debug:size_shared(S)]),
    persistent_term:erase(shared),
    io:format("~p ~p~n", [copied(S, 2000), erts_debug:size(S)]).

reader(0) -> ok;
reader(N) ->
    case persistent_term:get(churn, none) of
        none -> ok;
        {value, K, _} = T -> self() ! T, receive {value, K2, _} when K2 =:= K -> ok end
    end,
    N rem 16 =:= 0 andalso erlang:yield(),
    reader(N - 1).

round(Key, Eraser) ->
    persistent_term:put(Key, value(5)),
    Ps = [spawn(?MODULE, holder, [self(), Key]) || _ <- lists:seq(1, 10)],
    [receive {P, holding} -> ok end || P <- Ps],
    [begin P ! {message, persistent_term:get(Key)}, P ! persistent_term:get(Key) end || P <- Ps],
    Mine = persistent_term:get(Key),
    Eraser(Key),
    Size = copied(Mine, 2000),
    [P ! check || P <- Ps],
    L = [receive {P, Good, Now} -> {Good, Now} end || P <- Ps],
    io:format("~p ~p ~p~n", [lists:usort(L), Size > 100, Mine =:= value(5)]),
    persistent_term:erase(Key).
