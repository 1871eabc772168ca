-module(tuple_large).
-export([main/0]).

%% Tuples of 200 to 70000 elements: built, updated, matched, compared, sent.
main() ->
    [run(N) || N <- [200, 1023, 4096, 70000]],
    io:format("~w~n", [lit()]),
    {_, B, _, _, _, _, _, _, _, _, _, L} = list_to_tuple(lists:seq(1, 12)),
    io:format("~w ~w~n", [B, L]).

run(N) ->
    T = list_to_tuple(lists:seq(1, N)),
    U = lists:foldl(fun(I, A) -> setelement(I, A, {I}) end, T, [1, N div 2, N]),
    Self = self(),
    spawn(fun() -> Self ! {back, U} end),
    V = receive {back, X} -> X end,
    io:format("~w ~w ~w ~w~n", [tuple_size(V), element(1, V), element(N div 2, V), element(N, V)]),
    io:format("~w ~w ~w ~w~n", [V =:= U, T < U, erlang:phash2(V) =:= erlang:phash2(U), lists:sum(tuple_to_list(T))]),
    W = erlang:append_element(erlang:delete_element(1, U), last),
    io:format("~w ~w ~w~n", [tuple_size(W), element(N, W), element(N - 1, W)]),
    io:format("~w~n", [binary_to_term(term_to_binary(W)) =:= W]).

lit() ->
    T = {1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,
         36,37,38,39,40,a,b,c,d,e,"f",<<"g">>,{h},[i],#{j => k},1.5,1 bsl 65,{{{}}},50},
    [element(I, T) || I <- lists:seq(tuple_size(T), 1, -3)].
