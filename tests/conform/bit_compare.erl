%% Order and equality of binaries and bitstrings, with prefixes, sub-binaries, other types.
-module(bit_compare).
-export([main/0, id/1]).

main() ->
    <<_, Sub/binary>> = id(<<"xabc">>),
    <<_:4, Odd/bits>> = id(<<16#0A, 16#BC>>),
    Bs = [<<>>, <<0>>, <<0:1>>, <<1:1>>, <<0:7>>, <<0:9>>, <<"a">>, <<"abc">>, Sub, <<"abd">>, <<"ab">>, <<255>>, <<127:7>>, <<255, 1:1>>, Odd, <<16#ABC:12>>, <<16#AB>>, <<16#ABD:12>>],
    erlang:display([[c(A, B) || B <- Bs] || A <- Bs]),
    erlang:display([{Sub =:= <<"abc">>, Odd =:= <<16#ABC:12>>, <<>> =:= <<0:0>>}]),
    erlang:display([c(<<>>, X) || X <- [1, a, [], [1], {}, #{}, 1.0, "s"]]),
    erlang:display(sort(Bs)),
    L1 = long(0), L2 = long(1),
    erlang:display([c(L1, L2), c(L2, L1), c(L1, L1), c(L1, <<L1/binary, 0>>)]),
    ok.

id(X) -> X.
c(A, B) when A =:= B -> eq;
c(A, B) when A < B -> lt;
c(A, B) when A > B -> gt.
sort([]) -> [];
sort([P | T]) -> sort([X || X <- T, X < P]) ++ [P] ++ sort([X || X <- T, X >= P]).
long(N) -> <<0:(8 * 500), N>>.
