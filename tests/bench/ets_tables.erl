%% Tables: 100,000 objects put in, looked up, counted up, selected, walked and taken out, in a set and
%% in an ordered set, with integers, binaries and tuples as keys.
-module(ets_tables).
-export([main/1]).

main(Args) ->
    N = case Args of [S | _] -> list_to_integer(S); [] -> 100000 end,
    Keys = [{I * 7919 rem 1000003, {key, I}, integer_to_binary(I)} || I <- lists:seq(1, N)],
    Start = erlang:monotonic_time(microsecond),
    Result = [run(Type, N, Keys) || Type <- [set, ordered_set]],
    End = erlang:monotonic_time(microsecond),
    io:format("~w~n~w us~n", [Result, End - Start]).

run(Type, N, Keys) ->
    T = ets:new(t, [Type, public]),
    U = ets:new(u, [Type]),
    lists:foreach(fun({I, K, B}) -> ets:insert(T, {I, 0, K}), ets:insert(U, {K, I, "text"}), ets:insert(U, {B, [I]}) end, Keys),
    A = look(Keys, T, U, 0),
    lists:foreach(fun({I, _, _}) -> ets:update_counter(T, I, {2, I band 7}) end, Keys),
    B = ets:select_count(T, [{{'$1', '$2', '_'}, [{'>', '$2', 3}, {'=:=', {'band', '$1', 1}, 1}], [true]}]),
    C = lists:sum([V || [V] <- ets:match(T, {'_', '$1', '_'})]),
    D = lists:sum(ets:select(U, [{{{key, '$1'}, '$2', '_'}, [{'<', '$1', N div 2}], ['$2']}])),
    E = ets:foldl(fun({_, V, _}, Sum) -> Sum + V end, 0, T),
    F = ets:select_delete(T, [{{'_', '$1', '_'}, [{'<', '$1', 4}], [true]}]),
    lists:foreach(fun({I, K, _}) -> ets:delete(T, I), ets:delete(U, K) end, Keys),
    Left = {ets:info(T, size), ets:info(U, size)},
    ets:delete(T), ets:delete(U),
    {A, B, C, D, E, F, Left}.

look([], _, _, Sum) -> Sum;
look([{I, K, B} | Keys], T, U, Sum) ->
    [{_, V, _}] = ets:lookup(T, I),
    W = ets:lookup_element(U, K, 2),
    [{_, [X]}] = ets:lookup(U, B),
    look(Keys, T, U, case ets:member(U, I) of true -> 0; false -> Sum + V + W + X end).
