%% The external format a million levels deep, there and back, damaged and whole.
%% conform: no-stress
-module(etf_deep).
-export([main/0]).

main() ->
    [begin N = 1000000, B = <<131, (binary:copy(X, N))/binary, Y/binary>>, R = t(fun() -> depth(binary_to_term(B)) end), io:format("~0p ~0p~n", [X, R]) end || {X, Y} <- [{<<104,1>>, <<106>>}, {<<108,1:32>>, <<106, (binary:copy(<<106>>, 1000000))/binary>>}, {<<108,1:32>>, <<106>>}, {<<116, 1:32, 97, 1>>, <<106>>}, {<<116, 1:32>>, <<106, (binary:copy(<<97,1>>, 1000000))/binary>>}, {<<104, 1>>, <<>>}, {<<108,1:32,97,1>>, <<106>>}, {<<108,0:32>>, <<106>>}]],
    D = lists:foldl(fun(_, A) -> {A} end, x, lists:seq(1, 1000000)), io:format("~p~n", [t(fun() -> B = term_to_binary(D), {byte_size(B), erlang:external_size(D), binary_to_term(B) =:= D, byte_size(term_to_binary(D, [compressed])), length(erlang:term_to_iovec(D))} end)]),
    E = lists:foldl(fun(_, A) -> [A] end, x, lists:seq(1, 1000000)), io:format("~p~n", [t(fun() -> B = term_to_binary(E), {byte_size(B), erlang:external_size(E), binary_to_term(B) =:= E} end)]).

depth({X}) -> 1 + depth(X);
depth([X]) -> 1 + depth(X);
depth(#{1 := X}) -> 1 + depth(X);
depth(X) when is_map(X) -> map_size(X);
depth([1 | X]) -> 1 + depth(X);
depth([[] | X]) -> X;
depth(X) -> X.
t(F) -> try F() catch C:R:St -> {C, R, case St of [{M, N, A, I} | _] -> {M, N, case is_list(A) of true -> length(A); _ -> A end, I} end} end.
